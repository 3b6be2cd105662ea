import { Module } from '@nestjs/common';
import { answers, handles, Moments, ofTenant, ofUnit, system } from '#libs/commands';
import { Views } from '#libs/views';
import { ListReminders, listReminders } from './list-reminders.js';
import { mailStream } from './mail.js';
import { RemindersController } from './notifications.controller.js';
import { RecordMailAccepted, recordMailAccepted } from './record-mail-accepted.js';
import { RecordMailFailed, recordMailFailed } from './record-mail-failed.js';

const ofReminder = { of: mailStream, id: ({ reminder }: { readonly reminder: string }) => reminder, may: [system] };
const readers = [ofUnit('case-officer'), ofUnit('unit-manager'), ofTenant('process-owner'), ofTenant('auditor'), ofTenant('administrator')];

@Module({
  controllers: [RemindersController],
  providers: [
    handles(RecordMailAccepted, { ...ofReminder, decide: recordMailAccepted }),
    handles(RecordMailFailed, { ...ofReminder, decide: recordMailFailed }),
    answers(ListReminders, { may: readers, from: [Views, Moments], answer: listReminders }),
  ],
})
export class NotificationsModule {}
