import { Module } from '@nestjs/common';
import { answers, handles, Moments, ofBoard, ofTenant, ofUnit, system } from '#libs/commands';
import { Views } from '#libs/views';
import { ListReminders, listReminders } from './list-reminders.js';
import { mailStream } from './mail.js';
import { RemindersController } from './notifications.controller.js';
import { RecordMailAccepted, recordMailAccepted } from './record-mail-accepted.js';
import { RecordMailFailed, recordMailFailed } from './record-mail-failed.js';

const ofReminder = { of: mailStream, id: ({ reminder }: { readonly reminder: string }) => reminder, may: [system] };
const readers = [
  ...['case-officer', 'unit-manager'].map(ofUnit),
  ...['department-head', 'head-of-administration', 'board-secretary'].map(ofBoard),
  ...['process-owner', 'overseer', 'auditor', 'audit-officer', 'administrator'].map(ofTenant),
];

@Module({
  controllers: [RemindersController],
  providers: [
    handles(RecordMailAccepted, { ...ofReminder, decide: recordMailAccepted }),
    handles(RecordMailFailed, { ...ofReminder, decide: recordMailFailed }),
    answers(ListReminders, { may: readers, from: [Views, Moments], answer: listReminders }),
  ],
})
export class NotificationsModule {}
