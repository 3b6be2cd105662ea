import { test } from '@jest/globals';
import { event } from '#libs/kernel';
import { answers, given, ids, on, promised, proposed } from './action.given.js';
import { ActionWithdrawn } from './action.events.js';
import { withdrawAction } from './withdraw-action.js';

const withdraw = { action: ids.action, reason: 'Dubblett.' };
const withdrawn = event(ActionWithdrawn, { ...withdraw, ...answers('withdrawn') });

test('a proposal is withdrawn, with the reason', () => {
  given(proposed()).when(withdrawAction, withdraw, on('2020-09-10')).then(withdrawn);
});

test('again says nothing new', () => {
  given(proposed(), withdrawn).when(withdrawAction, withdraw, on('2020-09-11')).thenNothing();
});

test('without a reason it is refused', () => {
  given(proposed()).when(withdrawAction, { action: ids.action }, on('2020-09-10')).thenRefused('action.reason-missing');
});

test('what is promised is dropped or transferred instead: action.promised', () => {
  given(promised()).when(withdrawAction, withdraw, on('2020-10-01')).thenRefused('action.promised');
});

test('an action that is not there is refused as action.unknown', () => {
  given().when(withdrawAction, withdraw, on('2020-09-10')).thenRefused('action.unknown');
});
