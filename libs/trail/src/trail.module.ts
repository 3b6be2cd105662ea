import { Module } from '@nestjs/common';
import { answers, Moments, ofTenant } from '#libs/commands';
import { EventRegistry } from '#libs/kernel';
import { Views } from '#libs/views';
import { labelled } from './labelled.js';
import { SearchTrail, searchTrail } from './search-trail.js';
import { TrailController } from './trail.controller.js';

@Module({
  controllers: [TrailController],
  providers: [
    answers(SearchTrail, {
      may: [ofTenant('overseer'), ofTenant('auditor'), ofTenant('audit-officer'), ofTenant('process-owner')],
      from: [Views, Moments, EventRegistry],
      answer: async (query, { tenant, asOf }, views, moments, registry) => {
        const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
        return labelled(await views.read(tenant, (read) => searchTrail(read, query), { at }), registry);
      },
    }),
  ],
})
export class TrailModule {}
