import { Bool, Code, DayField, Id } from '#libs/fields';
import { derivedId, event, type Day, type Decide } from '#libs/kernel';
import { ROLES, type Register, type Role } from '#libs/organisation';
import { SignedOff, type ReplyEvent } from './reply.events.js';
import type { Reply } from './reply.js';
import { assertAwaited, assertPrepared, assertUnit } from './reply.refusals.js';

/**
 * A head has signed off (attest) on the officer's report: role and unit, never a name; a substitute as such (t.f. stadsdelsdirektör [001]).
 * The order by rank is shown, not forced: what was signed is recorded as it was signed.
 */
export class SignOff {
  @Id('The reply.') reply!: string;
  @Code('The role that signed off.', ROLES, 'Role') role!: Role;
  @Id('The unit in which the role is held.') unit!: string;
  @DayField('The day.') on!: Day;
  @Bool('By an acting holder (t.f.).', { optional: true }) acting?: boolean;
}

export const signOff: Decide<SignOff, Reply, ReplyEvent, { readonly register: Register }> = (command, state, { today, register }) => {
  const { role, unit, on, acting = false } = command;
  assertAwaited(state);
  assertPrepared(on, state, today);
  assertUnit(unit, register);
  const same = state.signOffs.some((known) => known.role === role && known.unit === unit && known.on === on && (known.acting ?? false) === acting);
  if (same) return [];
  const id = derivedId(state.reply, 'sign-off', role, unit, on, String(acting));
  return [event(SignedOff, { reply: state.reply, signOff: id, role, unit, on, ...(acting && { acting: true as const }) })];
};
