import { carriedOut, closed, proposals, wentOn } from './case-a.actions.js';
import { afterFirstMerger, autumn, calendars } from './case-a.replies.js';
import { board, FIVE, otherWordings, R3, report } from './case-a.report.js';
import { inOrder } from './play.js';
import { at, does, sees } from './scenes.js';
import type { Step } from './step.js';

const succeeds = (day: string, time: string, on: string, from: readonly string[], to: string, decision: string): Step =>
  does(at(day, time), `${from.join(' and ')} become ${to} on ${on}.`, 'stockholm-administrator', 'POST /successions', {
    from: from.map(board),
    to: [board(to)],
    on,
    decision,
    units: from.flatMap((key) => ['administration', 'social', 'lss'].map((part) => ({ from: board(`${key}-${part}`), to: board(`${to}-${part}`) }))),
  });

const DECISION_2020 = 'Kommunfullmäktiges beslut om ny stadsdelsnämnd (exempel på hänvisning)';
const DECISION_2023 = 'Kommunfullmäktiges beslut om sammanslagna stadsdelsnämnder (exempel på hänvisning)';

const mergers: readonly Step[] = [
  succeeds('2020-06-18', '09:00', '2020-07-01', ['alvsjo', 'hagersten-liljeholmen'], 'hagersten-alvsjo', DECISION_2020),
  succeeds('2023-05-15', '09:00', '2023-07-01', ['norrmalm', 'ostermalm'], 'norra-innerstaden', DECISION_2023),
  succeeds('2023-05-15', '09:05', '2023-07-01', ['spanga-tensta', 'rinkeby-kista'], 'jarva', DECISION_2023),
];

const counted = (day: string, time: string, says: string, rows: readonly (readonly [key: string, received: number])[]): readonly Step[] => [
  sees(at(day, time), says, 'stockholm-overseer', '/obligations?limit=200', { total: 7 }),
  ...rows.map(([key, total], nth) =>
    sees(at(day, `10:${String(nth).padStart(2, '0')}`), `${key} holds ${total}.`, 'stockholm-overseer', `/obligations?board=${board(key)}&limit=200`, {
      total,
    }),
  ),
];

const held: readonly Step[] = [
  ...counted('2020-06-30', '09:00', 'Seven obligations, on the last day of the fourteen districts.', [
    ['socialnamnden', 2],
    ...FIVE.map((key) => [key, 1] as const),
  ]),
  ...counted('2020-07-01', '09:00', 'Still seven on the first day of the thirteen.', [
    ['alvsjo', 0],
    ['hagersten-alvsjo', 1],
    ['ostermalm', 1],
  ]),
  ...counted('2023-07-01', '09:00', 'Still seven on the first day of the eleven: Norra innerstaden holds R3 twice.', [
    ['norrmalm', 0],
    ['ostermalm', 0],
    ['norra-innerstaden', 2],
    ['jarva', 1],
    ['hagersten-alvsjo', 1],
    ['hasselby-vallingby', 1],
    ['socialnamnden', 2],
  ]),
  sees(at('2023-07-01', '11:00'), 'The counts say the same, and received is always implemented and open together.', 'stockholm-overseer', '/counts?limit=200', {
    sum: { received: 7, implemented: 1, open: 6 },
  }),
  sees(
    at('2023-07-01', '11:05'),
    'Both are R3, as it was first addressed to Norrmalm and to Östermalm.',
    'norra-innerstaden-owner',
    `/obligations?board=${board('norra-innerstaden')}`,
    {
      total: 2,
      items: [{ recommendation: R3 }, { recommendation: R3 }],
    },
  ),
];

/** Case A, from the handing over of the report to the mergers of 2023. What is not in the sources is marked as an example in the data. */
export const caseA: readonly Step[] = inOrder(report, calendars, mergers, held, afterFirstMerger, autumn, proposals, carriedOut, wentOn, closed, otherWordings);
