import { asks, routes } from '#libs/http';
import { ListReminders, reminderColumns, reminderExample, ReminderRow } from './list-reminders.js';

/** The send log, under `/reminders`. */
export const RemindersController = routes('reminders', 'Reminders', [
  asks('', ListReminders, {
    summary: 'Reminders that were issued, and what came of their mail',
    description: 'Newest first. Filters by unit, order and how the mail stands; `asOf` shows the list as it was recorded then.',
    answer: ReminderRow,
    example: reminderExample,
    columns: reminderColumns,
  }),
]);
