import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import type { Role } from '#libs/organisation';
import { awaited, given, ids, on, register, signedOff } from './reply.given.js';
import { signOff } from './sign-off.js';

const sign = (role: Role, unit: string, date: string, acting?: boolean) => ({
  reply: ids.reply,
  role,
  unit,
  on: day(date),
  ...(acting !== undefined && { acting }),
});

test('the head of department signs off on 8 September, the acting head of administration on the 10th [001]', () => {
  given(awaited())
    .when(signOff, sign('department-head', ids.department, '2020-09-08'), on('2020-09-10'), { register })
    .then(signedOff('department-head', '2020-09-08', { at: ids.department }));
  given(awaited(), signedOff('department-head', '2020-09-08', { at: ids.department }))
    .when(signOff, sign('head-of-administration', ids.administration, '2020-09-10', true), on('2020-09-10'), { register })
    .then(signedOff('head-of-administration', '2020-09-10', { acting: true }));
});

test('in the other order it is recorded as it was', () => {
  given(awaited(), signedOff('head-of-administration', '2020-09-10'))
    .when(signOff, sign('department-head', ids.department, '2020-09-11'), on('2020-09-11'), { register })
    .thenTypes('SignedOff');
});

test('the same sign-off again says nothing new; said to be acting it is another', () => {
  const signed = [...awaited(), signedOff('head-of-administration', '2020-09-10')];
  given(signed)
    .when(signOff, sign('head-of-administration', ids.administration, '2020-09-10', false), on('2020-09-11'), { register })
    .thenNothing();
  given(signed)
    .when(signOff, sign('head-of-administration', ids.administration, '2020-09-10', true), on('2020-09-11'), { register })
    .thenTypes('SignedOff');
});

test('a unit that is in no register is refused as unit.unknown', () => {
  given(awaited())
    .when(signOff, sign('department-head', ids.point, '2020-09-08'), on('2020-09-10'), { register })
    .thenRefused('unit.unknown');
});

test('tomorrow’s is refused as day.in-the-future, and that of no reply as reply.unknown', () => {
  given(awaited())
    .when(signOff, sign('department-head', ids.department, '2020-09-11'), on('2020-09-10'), { register })
    .thenRefused('day.in-the-future');
  given()
    .when(signOff, sign('department-head', ids.department, '2020-09-08'), on('2020-09-10'), { register })
    .thenRefused('reply.unknown');
});
