import { SYSTEM_ROLE } from '#libs/commands';
import { derivedId, type By } from '#libs/kernel';
import { OrganisationModule, personStream, RegisterMunicipality, RegisterProvider, RegisterUnit } from '#libs/organisation';
import { smallCityOf, TENANT } from '#libs/small-city';
import { deadlineRules, genomförandeplanRule, SetDeadlineRule, TimersModule } from '#libs/timers';
import { order } from './order.js';
import { OrdersModule } from './orders.module.js';
import { ordersView } from './orders.view.js';

// Two municipalities where orders are sent and asked about.

export const id = (name: string): string => derivedId('city', name);

/** Whoever holds a role in a unit. */
export const who = (role: string, unit: string): By => ({ actor: id(`${role} of ${unit}`), role, unit: id(unit) });

export const smallCity = async () => {
  const city = await smallCityOf({
    begins: '2020-01-01T08:00:00.000Z',
    streams: [personStream, deadlineRules, order],
    views: [ordersView],
    modules: [OrganisationModule, TimersModule, OrdersModule],
  });
  const system = who(SYSTEM_ROLE, 'Östermalm');
  for (const [tenant, name, units] of [
    ['stockholm', 'Stockholms stad', ['Östermalm', 'Norrmalm']],
    ['tyreso', 'Tyresö kommun', ['Tyresö']],
  ] as const) {
    await city.send(new RegisterMunicipality(), { name }, system, tenant);
    for (const unit of units) await city.send(new RegisterUnit(), { unit: id(unit), name: unit, kind: 'unit' }, system, tenant);
    for (const provider of ['Fritids', 'Skolan']) await city.send(new RegisterProvider(), { provider: id(provider), name: provider }, system, tenant);
    const { type, validFrom, length, roll, time } = genomförandeplanRule;
    await city.send(new SetDeadlineRule(), { type, validFrom, length, roll, time, ladder: [] }, system, tenant);
  }
  return {
    ...city,
    /** Destroys the key of an order's case. */
    erase: async (orderId: string) => {
      const [sent] = await city.log.readStream(TENANT, `order-${orderId}`);
      if (sent) await city.vault.destroy(TENANT, String(sent.entry.data.subject));
    },
  };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
