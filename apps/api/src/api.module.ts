import { Module, type DynamicModule } from '@nestjs/common';
import { ActionsModule } from '#libs/actions';
import { AgreementsModule } from '#libs/agreements';
import { AuditsModule } from '#libs/audits';
import { MeetingsModule } from '#libs/meetings';
import { DocumentsModule } from '#libs/documents';
import { NotificationsModule } from '#libs/notifications';
import { OrdersModule } from '#libs/orders';
import { OrganisationModule } from '#libs/organisation';
import { RepliesModule } from '#libs/replies';
import { ReportsModule } from '#libs/reports';
import { ResponsibilitiesModule } from '#libs/responsibilities';
import { TimersModule } from '#libs/timers';
import { TrailModule } from '#libs/trail';
import { GroundModule, type Ground } from './ground.module.js';

/** Everything that is served over HTTP. A domain adds its module here. */
@Module({})
export class ApiModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        GroundModule.of(ground),
        OrganisationModule,
        TimersModule,
        DocumentsModule,
        OrdersModule,
        NotificationsModule,
        TrailModule,
        AuditsModule,
        MeetingsModule,
        ActionsModule,
        RepliesModule,
        ReportsModule,
        ResponsibilitiesModule,
        AgreementsModule,
      ],
      exports: [OrganisationModule],
    };
  }
}
