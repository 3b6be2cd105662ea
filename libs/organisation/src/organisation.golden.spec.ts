import { test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { checkGoldenRows, happenedIn, type RowView } from '#libs/views';
import { municipalities } from './municipalities.view.js';
import { organisationId } from './organisation.js';
import { BoardSucceeded, RegistryPatternRegistered, SuccessionWithdrawn } from './organisation.events.js';
import { assigned, ended, ids, linked, municipality, provider, unit, unlinked } from './organisation.samples.js';
import { people } from './people.view.js';
import { PersonRegistered } from './person.events.js';
import { providers } from './providers.view.js';
import { registryPatterns } from './registry-patterns.view.js';
import { roleHolders } from './role-holders.view.js';
import { signIns } from './sign-ins.view.js';
import { successions } from './successions.view.js';
import { units } from './units.view.js';

const facts = [
  ...happenedIn(
    `organisation-${organisationId('stockholm')}`,
    municipality(),
    unit(ids.board, 'Östermalms stadsdelsnämnd', 'board'),
    unit(ids.unit, 'Beställarenheten', 'unit', ids.board),
    provider(ids.provider, 'Ängens fritids'),
    assigned('case-officer', '2020-10-01'),
    assigned('unit-manager', '2020-10-01', '2020-12-31'),
    ended('case-officer', '2020-10-01', '2020-10-31'),
    assigned('case-officer', '2020-11-01'),
    event(RegistryPatternRegistered, { board: ids.board, pattern: '9.9.9-9+/9999' }),
    unit(ids.administration, 'Norra innerstadens stadsdelsnämnd', 'district-board'),
    unit(ids.otherUnit, 'Södermalms stadsdelsnämnd', 'district-board'),
    event(BoardSucceeded, {
      from: [ids.board],
      to: [ids.administration, ids.otherUnit],
      on: day('2023-07-01'),
      decision: 'Kommunfullmäktige (exempel)',
      existing: [ids.otherUnit],
      default: ids.administration,
      exceptions: [{ unit: ids.unit, to: ids.otherUnit }],
      units: [],
    }),
    // One board more ends by mistake: the fact numbered 12, counted from 0.
    event(BoardSucceeded, { from: [ids.otherUnit], to: [ids.administration], on: day('2024-07-01'), decision: 'Fel', exceptions: [], units: [] }),
    event(SuccessionWithdrawn, { succession: derivedId('fact', 12), from: [ids.otherUnit], to: [ids.administration], reason: 'Fel nämnd.' }),
  ),
  ...happenedIn(
    `person-${ids.person}`,
    event(PersonRegistered, { person: ids.person, subject: ids.subject, language: 'sv' }, { name: 'Åsa Öberg', email: 'asa@example.se' }),
  ),
];

const signedIn = [
  ...facts,
  ...happenedIn(`organisation-${organisationId('stockholm')}`, linked(), linked('cd'.repeat(32)), unlinked(), linked('ab'.repeat(32), ids.provider)),
];

const hasGoldenRows = <Row>(view: RowView<Row>, of = facts) => checkGoldenRows(view, of, new URL(`./${view.name}.golden.json`, import.meta.url));

test('as long as the versions of the views are the same, the same facts give the same rows', async () => {
  await hasGoldenRows(municipalities);
  await hasGoldenRows(units);
  await hasGoldenRows(successions);
  await hasGoldenRows(registryPatterns);
  await hasGoldenRows(providers);
  await hasGoldenRows(roleHolders);
  await hasGoldenRows(people);
  await hasGoldenRows(signIns, signedIn);
});
