import { Module } from '@nestjs/common';
import { handles, system } from '#libs/commands';
import { knocks } from '#libs/timers';
import { audit } from './audit.js';
import { noteAction, NoteAction } from './note-action.js';
import { noteReferralReply, NoteReferralReply } from './note-referral-reply.js';
import { noteReplyDay, NoteReplyDay } from './note-reply-day.js';
import { noteReply, NoteReply } from './note-reply.js';
import { boardOfObligation, deadlinesOfObligation, obligation } from './obligation.js';

const onAudit = { of: audit, id: (command: { readonly audit: string }) => command.audit };
const onObligation = { of: obligation, id: (command: { readonly obligation: string }) => command.obligation, unit: boardOfObligation };

@Module({
  providers: [
    handles(NoteReferralReply, { ...onAudit, may: [system], decide: noteReferralReply }),
    handles(NoteReplyDay, { ...onObligation, may: [system], decide: noteReplyDay }),
    handles(NoteReply, { ...onObligation, may: [system], decide: noteReply }),
    handles(NoteAction, { ...onObligation, may: [system], decide: noteAction }),
    knocks(obligation, deadlinesOfObligation),
  ],
})
export class AuditsModule {}
