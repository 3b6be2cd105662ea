import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, People, Public, type KnownPerson } from '#libs/http';
import { stockholmDay, type Clock, type Day, type Text } from '#libs/kernel';
import { sql, Views } from '#libs/views';
import { Colleagues } from './colleagues.view.js';
import { municipalities } from './municipalities.view.js';
import { holds } from './organisation.js';
import { Everyone } from './people.view.js';
import { ROLE_NAMES, type Role } from './roles.js';
import { units } from './units.view.js';

/** Somebody to try things out as. */
interface SamplePerson {
  readonly tenant: string;
  readonly municipality: string;
  readonly person: string;
  readonly name: string;
  readonly roles: readonly { readonly role: string; readonly roleName: Text; readonly unit: string; readonly unitName: string }[];
}

/** More units than a page of samples has. */
const MOST_UNITS = 1_000;

const EXAMPLE: SamplePerson = {
  tenant: 'stockholm',
  municipality: 'Stockholms stad',
  person: '2b9e4d6c-8f1a-4c3e-b5d7-9a0f1e2d3c4b',
  name: 'Handläggare, Östermalm',
  roles: [
    {
      role: 'case-officer',
      roleName: ROLE_NAMES['case-officer'],
      unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
      unitName: 'Stöd- och serviceenheten, Östermalm',
    },
  ],
};

/** The people that one can sign in as while trying things out. Only the embedded profile has it. */
@ApiTags('Development')
@Controller('dev/people')
@Public('Whoever is to sign in as a sample person first has to see which there are.')
export class SamplePeopleController {
  constructor(
    @Inject(Everyone) private readonly everyone: Everyone,
    @Inject(People) private readonly people: People,
    @Inject(Colleagues) private readonly colleagues: Colleagues,
    @Inject(Views) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'samplePeople',
    summary: 'The people that one can sign in as',
    description:
      'By municipality and name, with the roles that each holds today in units that are still there; who holds none is left out. The header `Uppsikt-Person: <person>` signs in as one.',
  })
  @ApiOkResponse({
    description: 'Everyone.',
    schema: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: { type: 'object' } } } },
    example: { items: [EXAMPLE] },
  })
  async list(): Promise<{ readonly items: readonly SamplePerson[] }> {
    const today = stockholmDay(this.clock.now());
    const byTenant = Map.groupBy(await this.everyone.all(), ({ tenant }) => tenant);
    const items = await Promise.all([...byTenant].map(([tenant, known]) => this.#of(tenant, known, today)));
    return { items: items.flat().toSorted((a, b) => a.municipality.localeCompare(b.municipality, 'sv') || a.name.localeCompare(b.name, 'sv')) };
  }

  async #of(tenant: string, known: readonly KnownPerson[], today: Day): Promise<readonly SamplePerson[]> {
    const colleagues = await this.colleagues.open(
      tenant,
      known.map(({ person }) => person),
    );
    const { municipality, unitNames } = await this.views.read(tenant, async (read) => {
      const { rows } = await read.list(units, { order: sql`key`, limit: MOST_UNITS });
      return {
        municipality: (await read.find(municipalities, 'municipality'))?.name ?? tenant,
        unitNames: new Map(rows.map(({ unit, name }) => [unit, name])),
      };
    });
    const [first] = known;
    const found = first && (await this.people.find(first.person, tenant));
    // A role ends with its unit: whoever signed in with it would reach nothing.
    const isThere = (unit: string): boolean => found === undefined || found.holdings(unit, today).unit.length > 0;
    return known.flatMap(({ person, roles }) => {
      const name = colleagues.get(person)?.name;
      const held = roles.filter(({ from, to, unit }) => holds({ from, ...(to !== undefined && { to }) }, today) && isThere(unit));
      const named = held.map(({ role, unit }) => ({
        role,
        roleName: ROLE_NAMES[role as Role] ?? { sv: role, en: role },
        unit,
        unitName: unitNames.get(unit) ?? unit,
      }));
      return name === undefined || named.length === 0 ? [] : [{ tenant, municipality, person, name, roles: named }];
    });
  }
}
