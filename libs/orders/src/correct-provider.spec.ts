import { test } from '@jest/globals';
import { event } from '#libs/kernel';
import { correctProvider } from './correct-provider.js';
import { OrderProviderCorrected } from './order.events.js';
import { given, ids, on, orderEnded, organisation, sent } from './order.given.js';

const correct = (provider: string) => ({ orderId: ids.order, provider, reason: 'confused-with-another' as const, note: 'Namnlikhet.' });
const corrected = event(
  OrderProviderCorrected,
  { orderId: ids.order, from: ids.provider, to: ids.otherProvider, reason: 'confused-with-another' },
  { note: 'Namnlikhet.' },
);

test('a wrong provider is corrected; both stay, and the fifteen days go on', () => {
  given(sent()).when(correctProvider, correct(ids.otherProvider), on('2020-10-06'), { organisation }).then(corrected);
});

test('also of an order that has ended', () => {
  given(sent(), orderEnded('2020-10-05')).when(correctProvider, correct(ids.otherProvider), on('2020-10-06'), { organisation }).then(corrected);
});

test('the provider it has says nothing new, also after a correction', () => {
  given(sent()).when(correctProvider, correct(ids.provider), on('2020-10-06'), { organisation }).thenNothing();
  given(sent(), corrected).when(correctProvider, correct(ids.otherProvider), on('2020-10-06'), { organisation }).thenNothing();
});

test('a provider who is not in the register is refused as provider.unknown', () => {
  given(sent()).when(correctProvider, correct(ids.unit), on('2020-10-06'), { organisation }).thenRefused('provider.unknown');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(correctProvider, correct(ids.otherProvider), on('2020-10-06'), { organisation }).thenRefused('order.unknown');
});
