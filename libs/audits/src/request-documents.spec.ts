import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { arisen, auditor, documentsRequested, givenObligation, owner, paper, requestOf, requestWait, ruleOf, theObligation } from './audits.given.js';
import { deliverDocuments } from './deliver-documents.js';
import { DocumentsDelivered } from './obligation.events.js';
import { requestDocuments } from './request-documents.js';

const ask = (by: string) => ({ obligation: theObligation, what: 'Protokoll.', by: day(by) });
const rule = { rule: ruleOf('document-request') };
const wait = requestWait('2023-03-01', '2023-03-31');
const asked = [arisen(), documentsRequested(), wait.set];
const deliver = (on: string, documents = [paper]) => ({ obligation: theObligation, request: requestOf(), documents, on: day(on) });
const delivered = (on: string) => event(DocumentsDelivered, { obligation: theObligation, request: requestOf(), documents: [paper], on: day(on) });
const stored = { known: { has: (sha256: string) => sha256 === paper } };

test('the auditors ask for documents, which are waited for until the day', () => {
  givenObligation(arisen()).when(requestDocuments, ask('2023-03-31'), auditor('2023-03-01'), rule).then(documentsRequested(), wait.set);
});

test('the same request again says nothing new', () => {
  givenObligation(asked).when(requestDocuments, ask('2023-03-31'), auditor('2023-03-02'), rule).thenNothing();
});

test('a day that is not after today is refused as request.too-early', () => {
  givenObligation(arisen()).when(requestDocuments, ask('2023-03-01'), auditor('2023-03-01'), rule).thenRefused('request.too-early');
});

test('what is delivered in time meets the deadline', () => {
  givenObligation(asked).when(deliverDocuments, deliver('2023-03-20'), owner('2023-03-20'), stored).then(delivered('2023-03-20'), wait.met('2023-03-20'));
});

test('what was delivered in time and entered late withdraws the lateness', () => {
  givenObligation(asked, wait.missed())
    .when(deliverDocuments, deliver('2023-03-31'), owner('2023-04-05'), stored)
    .then(delivered('2023-03-31'), wait.withdrawn(), wait.met('2023-03-31', 3));
});

test('the same delivery again says nothing new', () => {
  givenObligation(asked, delivered('2023-03-20')).when(deliverDocuments, deliver('2023-03-20'), owner('2023-03-21'), stored).thenNothing();
});

test('another is refused as request.answered', () => {
  givenObligation(asked, delivered('2023-03-20')).when(deliverDocuments, deliver('2023-03-21'), owner('2023-03-21'), stored).thenRefused('request.answered');
});

test('what is not stored is refused as document.unknown', () => {
  givenObligation(asked)
    .when(deliverDocuments, deliver('2023-03-20', ['b8'.repeat(32)]), owner('2023-03-20'), stored)
    .thenRefused('document.unknown');
});

test('a delivery tomorrow is refused as day.in-the-future, to no request as request.unknown', () => {
  givenObligation(asked).when(deliverDocuments, deliver('2023-03-21'), owner('2023-03-20'), stored).thenRefused('day.in-the-future');
  givenObligation(arisen()).when(deliverDocuments, deliver('2023-03-20'), owner('2023-03-20'), stored).thenRefused('request.unknown');
});

test('of what is not there both are refused as obligation.unknown', () => {
  givenObligation().when(requestDocuments, ask('2023-03-31'), auditor('2023-03-01'), rule).thenRefused('obligation.unknown');
  givenObligation().when(deliverDocuments, deliver('2023-03-20'), owner('2023-03-20'), stored).thenRefused('obligation.unknown');
});
