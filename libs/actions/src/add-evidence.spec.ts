import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { after, answers, done, evidence, given, ids, on, ongoing, paper, promised, proposed, statedDone } from './action.given.js';
import { ActionDropped, EvidenceAdded } from './action.events.js';
import { addEvidence } from './add-evidence.js';

const add = (...names: string[]) => ({ action: ids.action, documents: names.map((name) => paper(name)) });
const stated = { kind: 'already-done' } as const;
const added = (names: string[], answered: ReturnType<typeof answers>) => event(EvidenceAdded, { ...add(...names), ...answered });

test('what was stated done is done once there is evidence', () => {
  given(statedDone())
    .when(addEvidence, add('checklist'), on('2020-10-01'), { evidence })
    .then(added(['checklist'], answers('done', stated)));
  expect(after(statedDone())).toMatchObject({ status: 'promised', documents: [] });
  expect(after(statedDone(), added(['checklist'], answers('done', stated)))).toMatchObject({ status: 'done', documents: [paper('checklist')] });
});

test('of what is proposed, promised, ongoing or done it changes nothing else', () => {
  given(proposed(stated))
    .when(addEvidence, add('checklist'), on('2020-09-10'), { evidence })
    .then(added(['checklist'], answers('proposed', stated)));
  given(promised())
    .when(addEvidence, add('list'), on('2020-10-01'), { evidence })
    .then(added(['list'], answers('promised')));
  given(ongoing())
    .when(addEvidence, add('list'), on('2020-10-01'), { evidence })
    .then(added(['list'], answers('promised', { kind: 'ongoing' })));
  given(promised(), done('2020-12-18'))
    .when(addEvidence, add('list'), on('2020-12-21'), { evidence })
    .then(added(['list'], answers('done')));
  given(promised(), done('2020-12-18', { confirmed: false }))
    .when(addEvidence, { ...add('list'), note: 'Till bekräftelsen.' }, on('2020-12-21'), { evidence })
    .then(event(EvidenceAdded, { ...add('list'), note: 'Till bekräftelsen.', ...answers('promised') }));
});

test('only what is new is added, and the same again says nothing', () => {
  const first = added(['checklist'], answers('done', stated));
  given(statedDone(), first)
    .when(addEvidence, add('checklist', 'minutes'), on('2020-10-02'), { evidence })
    .then(added(['minutes'], answers('done', stated)));
  given(statedDone(), first).when(addEvidence, add('checklist'), on('2020-10-02'), { evidence }).thenNothing();
});

test('no document, one that is not stored, an action that was dropped or is not there: refused', () => {
  given(statedDone()).when(addEvidence, add(), on('2020-10-01'), { evidence }).thenRefused('action.evidence-missing');
  given(statedDone()).when(addEvidence, { action: ids.action }, on('2020-10-01'), { evidence }).thenRefused('action.evidence-missing');
  given(statedDone()).when(addEvidence, add('lost'), on('2020-10-01'), { evidence }).thenRefused('document.unknown');
  const dropped = event(ActionDropped, { action: ids.action, on: day('2020-10-01'), reason: 'Onödig.', ...answers('dropped') });
  given(promised(), dropped).when(addEvidence, add('list'), on('2020-10-02'), { evidence }).thenRefused('action.not-carried-out');
  given().when(addEvidence, add('list'), on('2020-10-01'), { evidence }).thenRefused('action.unknown');
});
