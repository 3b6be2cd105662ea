import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../identity/public.js';
import { ABOUT, type About } from './about.js';
import { DOCS } from './security.js';

@ApiTags('About')
@Controller('api-info')
@Public('Whoever wants to use the API first asks what it is.')
export class AboutController {
  constructor(@Inject(ABOUT) private readonly about: About) {}

  @Get()
  @ApiOperation({ operationId: 'apiInfo', summary: 'What this API is', description: 'Name, version, release and status, without signing in.' })
  @ApiOkResponse({
    description: 'Name, version, release and status.',
    schema: {
      type: 'object',
      required: ['apiName', 'apiVersion', 'apiReleased', 'apiDocumentation', 'apiStatus'],
      properties: {
        apiName: { type: 'string' },
        apiVersion: { type: 'string' },
        apiReleased: { type: 'string', format: 'date' },
        apiDocumentation: { type: 'string' },
        apiStatus: { type: 'string', enum: ['active', 'deprecated', 'retired'] },
      },
    },
    example: { apiName: 'uppsikt-api', apiVersion: '1.0.0', apiReleased: '2026-11-22', apiDocumentation: DOCS, apiStatus: 'active' },
  })
  info(): Record<string, string> {
    const { name, version, released, status } = this.about;
    return { apiName: name, apiVersion: version, apiReleased: released, apiDocumentation: DOCS, apiStatus: status };
  }
}
