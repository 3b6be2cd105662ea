import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { AgreementFileLinked, AgreementNumberNoted, ProposalConsulted, ProposalReportWritten } from './agreement.events.js';
import { given, ids, on, organisation, proposed, registered, v1, v2 } from './agreements.given.js';
import { consultOnProposal } from './consult-on-proposal.js';
import { linkFile } from './link-file.js';
import { setAgreementNumber } from './set-agreement-number.js';
import { writeProposalReport } from './write-proposal-report.js';

const agreement = ids.agreement;
const document = 'd'.repeat(64);
const evidence = { has: (sha256: string) => sha256 === document };
const needs = { organisation, evidence };

// Numbers

const number = { agreement, board: ids.education, registryNumber: '1.6.2-3344/2022' };
const noted = event(AgreementNumberNoted, { ...number, patternKnown: false });
const education = on('2022-08-20', { unit: ids.education });

test('each party notes its own registry number, and corrects it', () => {
  given(registered()).when(setAgreementNumber, number, education, { organisation }).then(noted);
  given(registered(), noted)
    .when(setAgreementNumber, { ...number, registryNumber: '1.6.2-3345/2022' }, education, { organisation })
    .thenTypes('AgreementNumberNoted');
});
test('the same number again says nothing new', () => {
  given(registered(), noted).when(setAgreementNumber, number, education, { organisation }).thenNothing();
});
test('another board’s number, or that of no party, is refused', () => {
  given(registered()).when(setAgreementNumber, number, on('2022-08-20'), { organisation }).thenRefused('board.not-yours');
  given(registered())
    .when(setAgreementNumber, { ...number, board: ids.culture }, education, { organisation })
    .thenRefused('agreement.no-party');
  given().when(setAgreementNumber, number, education, { organisation }).thenRefused('agreement.unknown');
});

// The officer's report, and consultations before and after it [000]

const report = { agreement, board: ids.social, on: day('2022-05-17'), version: v1, documents: [document] };
const consultation = { agreement, board: ids.social, body: 'Förvaltningsgruppen', on: day('2022-06-08') };

test('the officer’s report and the consultations on it, in any order', () => {
  given(registered(), proposed()).when(writeProposalReport, report, on('2022-06-10'), needs).then(event(ProposalReportWritten, report));
  given(registered()).when(consultOnProposal, consultation, on('2022-06-10'), needs).then(event(ProposalConsulted, consultation));
});
test('the same again says nothing new', () => {
  given(registered(), proposed(), event(ProposalReportWritten, report)).when(writeProposalReport, report, on('2022-06-10'), needs).thenNothing();
  given(registered(), event(ProposalConsulted, consultation)).when(consultOnProposal, consultation, on('2022-06-10'), needs).thenNothing();
});
test('of no party, tomorrow, of a version that is not registered or a document that is not stored it is refused', () => {
  const so = given(registered(), proposed());
  so.when(writeProposalReport, { ...report, board: ids.culture }, on('2022-06-10'), needs).thenRefused('agreement.no-party');
  so.when(writeProposalReport, report, on('2022-05-16'), needs).thenRefused('day.in-the-future');
  so.when(writeProposalReport, { ...report, version: v2 }, on('2022-06-10'), needs).thenRefused('version.unknown');
  so.when(writeProposalReport, { ...report, documents: ['e'.repeat(64)] }, on('2022-06-10'), needs).thenRefused('document.unknown');
  so.when(consultOnProposal, { ...consultation, board: ids.culture }, on('2022-06-10'), needs).thenRefused('agreement.no-party');
  so.when(consultOnProposal, consultation, on('2022-06-07'), needs).thenRefused('day.in-the-future');
  given().when(writeProposalReport, report, on('2022-06-10'), needs).thenRefused('agreement.unknown');
  given().when(consultOnProposal, consultation, on('2022-06-10'), needs).thenRefused('agreement.unknown');
});

// Another file of the same text

const link = { agreement, version: v1, document, reason: 'Inskannad kopia.' };

test('another file of the same text is linked to its version, with a reason, once', () => {
  given(registered(), proposed()).when(linkFile, link, on('2022-06-10'), { evidence }).then(event(AgreementFileLinked, link));
  given(registered(), proposed(), event(AgreementFileLinked, link)).when(linkFile, link, on('2022-06-10'), { evidence }).thenNothing();
});
test('a file that is not stored, or of no version, is not linked', () => {
  const so = given(registered(), proposed());
  so.when(linkFile, { ...link, document: 'e'.repeat(64) }, on('2022-06-10'), { evidence }).thenRefused('document.unknown');
  so.when(linkFile, { ...link, version: v2 }, on('2022-06-10'), { evidence }).thenRefused('version.unknown');
  given().when(linkFile, link, on('2022-06-10'), { evidence }).thenRefused('agreement.unknown');
});
