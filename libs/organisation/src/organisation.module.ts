import { Module } from '@nestjs/common';
import { answers, created, handles, handlesFrom, Moments, ofTenant, system, type Asking } from '#libs/commands';
import { SignIns } from '#libs/http';
import type { Day } from '#libs/kernel';
import { Views, type Read } from '#libs/views';
import { AssignRole, assignRole } from './assign-role.js';
import { Colleagues } from './colleagues.view.js';
import { EndRole, endRole } from './end-role.js';
import {
  PeopleController,
  ProvidersController,
  RegistryPatternsController,
  RoleHoldersController,
  SuccessionsController,
  UnheldDutiesController,
  UnitsController,
} from './organisation.controller.js';
import { organisationId, organisationStream } from './organisation.js';
import { LinkSignIn, linkSignIn } from './link-sign-in.js';
import { namedPerson, personStream } from './person.js';
import { ListUnits, listUnits } from './list-units.query.js';
import { ListProviders, listProviders } from './providers.view.js';
import { RegisterMunicipality, registerMunicipality } from './register-municipality.js';
import { RegisterPerson, registerPerson } from './register-person.js';
import { RegisterProvider, registerProvider } from './register-provider.js';
import { RegisterRegistryPattern, registerRegistryPattern } from './register-registry-pattern.js';
import { RegisterUnit, registerUnit } from './register-unit.js';
import { ListRegistryPatterns, listRegistryPatterns } from './registry-patterns.view.js';
import { ListRoleHolders, listRoleHolders } from './role-holders.view.js';
import { ROLES } from './roles.js';
import { ListSignIns, listSignIns, namedSignIn } from './sign-ins.view.js';
import { SucceedBoards, succeedBoards } from './succeed-boards.js';
import { ListSuccessions, listSuccessions } from './successions.view.js';
import { ListUnheldDuties, listUnheldDuties } from './unheld-duties.query.js';
import { UnlinkSignIn, unlinkSignIn } from './unlink-sign-in.js';
import { WithdrawSuccession, withdrawSuccession } from './withdraw-succession.js';

const ofOrganisation = { of: organisationStream, id: (_command: object, { tenant }: { readonly tenant: string }) => organisationId(tenant) };
/** The system registers what a new municipality begins with, its first administrator included. */
const administrators = [ofTenant('administrator'), system];
const everyone = ROLES.map(ofTenant);

/** A list, now or as it was recorded. */
const listed =
  <Q, A>(list: (read: Read, query: Q, today: Day) => Promise<A>) =>
  async (query: Q, { tenant, today, asOf }: Asking, views: Views, moments: Moments): Promise<A> =>
    views.read(tenant, (read) => list(read, query, today), { at: asOf && (await moments.positionAt(tenant, asOf)) });

const withNames = async (query: ListRoleHolders, asking: Asking, views: Views, moments: Moments, colleagues: Colleagues) => {
  const { total, items } = await listed(listRoleHolders)(query, asking, views, moments);
  const known = await colleagues.open(
    asking.tenant,
    items.flatMap(({ person, insteadOf }) => (insteadOf === undefined ? [person] : [person, insteadOf])),
  );
  const nameOf = (person: string | undefined) => (person === undefined ? undefined : known.get(person)?.name);
  return { total, items: items.map((row) => ({ ...row, name: nameOf(row.person), insteadOfName: nameOf(row.insteadOf) })) };
};

@Module({
  controllers: [
    UnitsController,
    SuccessionsController,
    RoleHoldersController,
    UnheldDutiesController,
    RegistryPatternsController,
    ProvidersController,
    PeopleController,
  ],
  providers: [
    Colleagues,
    handles(RegisterMunicipality, { ...ofOrganisation, may: [system], decide: registerMunicipality }),
    handles(RegisterUnit, { ...ofOrganisation, may: administrators, decide: registerUnit }),
    handles(SucceedBoards, { ...ofOrganisation, may: administrators, decide: succeedBoards }),
    handles(WithdrawSuccession, { ...ofOrganisation, may: administrators, decide: withdrawSuccession }),
    handles(RegisterRegistryPattern, { ...ofOrganisation, may: administrators, decide: registerRegistryPattern }),
    handles(RegisterProvider, { ...ofOrganisation, may: administrators, decide: registerProvider }),
    handles(RegisterPerson, { of: personStream, id: created('person', ({ person }) => person), may: administrators, decide: registerPerson }),
    handles(AssignRole, { ...ofOrganisation, may: administrators, needs: { holder: namedPerson }, decide: assignRole }),
    handles(EndRole, { ...ofOrganisation, may: administrators, decide: endRole }),
    handlesFrom(LinkSignIn, {
      ...ofOrganisation,
      may: administrators,
      from: [SignIns],
      needs: (signIns: SignIns) => ({ holder: namedPerson, named: namedSignIn(signIns) }),
      decide: linkSignIn,
    }),
    handles(UnlinkSignIn, { ...ofOrganisation, may: administrators, needs: { holder: namedPerson }, decide: unlinkSignIn }),
    answers(ListSignIns, { may: [ofTenant('administrator')], from: [Views, Moments], answer: listed(listSignIns) }),
    answers(ListUnits, { may: everyone, from: [Views, Moments], answer: listed(listUnits) }),
    answers(ListSuccessions, { may: everyone, from: [Views, Moments], answer: listed(listSuccessions) }),
    answers(ListUnheldDuties, { may: everyone, from: [Views, Moments], answer: listed(listUnheldDuties) }),
    answers(ListRegistryPatterns, { may: everyone, from: [Views, Moments], answer: listed(listRegistryPatterns) }),
    answers(ListProviders, { may: everyone, from: [Views, Moments], answer: listed(listProviders) }),
    answers(ListRoleHolders, { may: everyone, from: [Views, Moments, Colleagues], answer: withNames }),
  ],
  exports: [Colleagues],
})
export class OrganisationModule {}
