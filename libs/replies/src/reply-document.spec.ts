import { expect, test } from '@jest/globals';
import { audit, AuditReportRegistered, RecommendationMade, ReferralMade, ReferralReceived, type Audit } from '#libs/audits';
import { day, event, instant } from '#libs/kernel';
import { pdf } from '#libs/pdf';
import { stateAfter } from '#libs/testing';
import { replyDocument } from './reply-document.js';
import { replyDocx } from './reply.docx.query.js';
import {
  approved,
  approvedReply,
  awaited,
  awaitedUndated,
  commented,
  consulted,
  due,
  ids,
  on,
  register,
  replyGiven,
  reportWritten,
  signedOff,
} from './reply.given.js';
import type { ReplyEvent } from './reply.events.js';
import { reply, type Known } from './reply.js';
import { replyTemplate } from './reply.template.js';

const registered = event(AuditReportRegistered, {
  audit: ids.audit,
  numbers: ['Nr 5 2020'],
  title: 'Uppföljning av utförare av korttidstillsyn enligt LSS',
  registryNumber: '3.1.3-104/2020',
  issuedBy: ids.council,
});
const made = (recommendation: string, number: string, addressees = [ids.board]) =>
  event(RecommendationMade, { audit: ids.audit, recommendation, number, wording: `Säkerställa ${number}.`, addressees, addressed: 'named' });
const facts = [registered, made(ids.recommendation, '3'), made(ids.otherRecommendation, '4'), made(ids.point, '5', [ids.executive])];
const report: Audit = stateAfter(audit, facts, on('2020-06-01'));

const stateOf = (...happened: readonly (ReplyEvent | readonly ReplyEvent[])[]): Known => stateAfter(reply, happened.flat(), on('2020-06-01')) as Known;
const written = (of: Audit, ...happened: readonly (ReplyEvent | readonly ReplyEvent[])[]) =>
  replyDocument(stateOf(...happened), of, register, 'Stockholms stad', day('2020-09-10'));

const whole = [
  ...awaited(),
  reportWritten('2020-09-08', '2020-10-15', { registryNumber: 'ÄLV 2020/614' }),
  signedOff('head-of-administration', '2020-09-10', { acting: true }),
  signedOff('department-head', '2020-09-08', { at: ids.department }),
  consulted('rådet för funktionshinderfrågor', '2020-09-17'),
  consulted('förvaltningsgruppen', '2020-09-16'),
  commented('Nämnden välkomnar granskningen.\n\nChecklistan är reviderad.', 'agrees'),
  approved(),
  replyGiven('2020-10-09'),
  due().met('2020-10-09'),
];

test('recommendation and comment, one by one, with what led to the reply', () => {
  expect(written(report, whole)).toEqual({
    title: 'Yttrande över revisionsrapporten Uppföljning av utförare av korttidstillsyn enligt LSS',
    from: ['Stockholms stad', 'Hägersten-Älvsjö stadsdelsnämnd'],
    kind: 'Yttrande',
    facts: [
      ['Datum', '2020-10-09'],
      ['Dnr', 'ÄLV 2020/614'],
    ],
    standing: 'Yttrandet godkändes av Hägersten-Älvsjö stadsdelsnämnd den 24 september 2020 och lämnades den 9 oktober 2020.',
    report: [
      ['Rapport', 'Nr 5 2020, Uppföljning av utförare av korttidstillsyn enligt LSS'],
      ['Revisionens diarienummer', '3.1.3-104/2020'],
      ['Lämnad av', 'Kommunfullmäktige'],
      ['Överlämnad', '25 maj 2020'],
      ['Sista svarsdag', '15 oktober 2020'],
    ],
    recommendations: [
      {
        heading: 'Rekommendation 3',
        wording: 'Säkerställa 3.',
        position: 'Nämnden instämmer i rekommendationen.',
        comment: 'Nämnden välkomnar granskningen.\n\nChecklistan är reviderad.',
      },
      { heading: 'Rekommendation 4', wording: 'Säkerställa 4.' },
    ],
    preparation: [
      ['Tjänsteutlåtande', '8 september 2020'],
      ['Förvaltningsgruppen', '16 september 2020'],
      ['Rådet för funktionshinderfrågor', '17 september 2020'],
      ['Beslut i Hägersten-Älvsjö stadsdelsnämnd', '24 september 2020'],
      ['Expedierat', '9 oktober 2020'],
    ],
    signOffs: [
      ['Avdelningschef', 'Socialtjänstavdelningen', '2020-09-08'],
      ['T.f. förvaltningschef', 'Älvsjö stadsdelsförvaltning', '2020-09-10'],
    ],
  });
});

test('a proposal says that it is one, and by whom it would be decided', () => {
  const proposal = written(report, awaited(), reportWritten('2020-09-08'));
  expect(proposal).toMatchObject({
    from: ['Stockholms stad', 'Hägersten-Älvsjö stadsdelsnämnd'],
    standing: 'Förslag till yttrande. Nämnden har ännu inte beslutat.',
    facts: [
      ['Datum', '2020-09-08'],
      ['Dnr', 'uppgift saknas'],
    ],
  });
  expect(written(report, approvedReply()).standing).toBe(
    'Yttrandet godkändes av Hägersten-Älvsjö stadsdelsnämnd den 24 september 2020. Det är ännu inte expedierat.',
  );
});

test('the number under which the board registered the report stands in where the officer’s report has none', () => {
  const referred = event(ReferralMade, { audit: ids.audit, board: ids.board, kind: 'for-reply' });
  const received = event(ReferralReceived, { audit: ids.audit, board: ids.board, on: day('2020-05-28'), registryNumber: 'ÄLV 2020/300', patternKnown: true });
  expect(written(stateAfter(audit, [...facts, referred, received], on('2020-06-01')), awaited()).facts[1]).toEqual(['Dnr', 'ÄLV 2020/300']);
});

test('what is unknown is said to be unknown, and no last day is made up', () => {
  const unknown = written({ status: 'none' }, awaitedUndated());
  expect(unknown.title).toBe('Yttrande över revisionsrapporten uppgift saknas');
  expect(unknown.recommendations).toEqual([]);
  expect(unknown.report).toEqual([
    ['Rapport', 'uppgift saknas'],
    ['Revisionens diarienummer', 'uppgift saknas'],
    ['Lämnad av', 'uppgift saknas'],
    ['Överlämnad', '25 maj 2020'],
    ['Sista svarsdag', 'uppgift saknas'],
  ]);
  expect(written(report, awaitedUndated('possible-reply')).report.at(-1)).toEqual(['Sista svarsdag', 'ingen (för kännedom och eventuellt yttrande)']);
});

const at = instant('2020-10-09T08:00:00Z');

test('it is set as PDF/UA with everything in it or with nothing, the same facts to the same bytes', () => {
  for (const document of [written(report, whole), written({ status: 'none' }, awaitedUndated())]) {
    const one = pdf(replyTemplate, document, { at });
    expect(one.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(pdf(replyTemplate, document, { at }).equals(one)).toBe(true);
  }
});

test('it is written as DOCX', async () => {
  for (const document of [written(report, whole), written({ status: 'none' }, awaitedUndated())]) {
    expect((await replyDocx(document)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  }
});
