/** One thing changed in the conversion, and how it must be told. */
export interface Seed {
  /** What is changed, in place, in a copy of model.json. */
  change(model: any): void
  path: string
  name: string
  kind: 'missing' | 'added' | 'changed'
}

const temperature = '/tools/get_temperature'
const seed = (path: string, name: string, kind: Seed['kind'], change: Seed['change']): Seed => ({
  path,
  name,
  kind,
  change,
})

/** Everything a conversion may lose, add or change. */
export const seeds: Seed[] = [
  seed('/serverInfo/version', 'server info: version', 'changed', (m) => {
    m.serverInfo.version = '1.0.1'
  }),
  seed('/serverInfo/name', 'server info: name', 'changed', (m) => {
    m.serverInfo.name = 'fastmcp'
  }),
  seed('/serverInfo/title', 'server info: title', 'missing', (m) => void delete m.serverInfo.title),
  seed('/instructions', 'instructions', 'changed', (m) => void delete m.instructions),
  seed('/capabilities/logging', 'capability logging', 'missing', (m) => void delete m.capabilities.logging),
  seed('/capabilities/completions', 'capability completions', 'added', (m) => {
    m.capabilities.completions = {}
  }),
  seed('/capabilities/tools/listChanged', 'capability tools listChanged', 'added', (m) => {
    m.capabilities.tools.listChanged = true
  }),
  seed('/capabilities/prompts', 'capability prompts', 'missing', (m) => void delete m.capabilities.prompts),
  seed('/tools/reset', 'tool reset', 'missing', (m) => void m.tools.pop()),
  seed('/tools/debug', 'tool debug', 'added', (m) => void m.tools.push({ ...m.tools[2], name: 'debug' })),
  seed('/order/tools', 'order of tools', 'changed', (m) => void m.tools.reverse()),
  seed(`${temperature}/title`, 'title of tool get_temperature', 'missing', (m) => void delete m.tools[0].title),
  seed(`${temperature}/description`, 'description of tool get_temperature', 'changed', (m) => {
    m.tools[0].description += ' '
  }),
  seed(
    `${temperature}/inputSchema/properties/city/description`,
    'input schema of tool get_temperature: properties city description',
    'missing',
    (m) => void delete m.tools[0].inputSchema.properties.city.description,
  ),
  seed(
    `${temperature}/inputSchema/properties/unit/enum`,
    'input schema of tool get_temperature: properties unit enum',
    'changed',
    (m) => void m.tools[0].inputSchema.properties.unit.enum.push('K'),
  ),
  seed(
    `${temperature}/inputSchema/additionalProperties`,
    'input schema of tool get_temperature: additionalProperties',
    'added',
    (m) => {
      m.tools[0].inputSchema.additionalProperties = false
    },
  ),
  seed(`${temperature}/inputSchema/required`, 'input schema of tool get_temperature: required', 'changed', (m) => {
    m.tools[0].inputSchema.required = ['city', 'unit']
  }),
  seed(`${temperature}/outputSchema`, 'output schema of tool get_temperature', 'missing', (m) => {
    delete m.tools[0].outputSchema
  }),
  seed(
    `${temperature}/annotations/readOnlyHint`,
    'annotations of tool get_temperature: readOnlyHint',
    'changed',
    (m) => {
      m.tools[0].annotations.readOnlyHint = false
    },
  ),
  seed('/resources/weather:~1~1units', 'resource weather://units', 'missing', (m) => void m.resources.pop()),
  seed('/resources/weather:~1~1cities/mimeType', 'MIME type of resource weather://cities', 'changed', (m) => {
    m.resources[0].mimeType = 'text/html'
  }),
  seed('/order/resources', 'order of resources', 'changed', (m) => void m.resources.reverse()),
  seed(
    '/resourceTemplates/weather:~1~1cities~1{city}/description',
    'description of resource template weather://cities/{city}',
    'changed',
    (m) => {
      m.resourceTemplates[0].description = 'A city'
    },
  ),
  seed(
    '/resourceTemplates/weather:~1~1cities~1{city}',
    'resource template weather://cities/{city}',
    'missing',
    (m) => void m.resourceTemplates.pop(),
  ),
  seed('/prompts/packing/arguments/0/required', 'arguments of prompt packing: 0 required', 'changed', (m) => {
    m.prompts[1].arguments[0].required = false
  }),
  seed('/prompts/packing', 'prompt packing', 'missing', (m) => void m.prompts.pop()),
  seed(
    '/promptMessages/greeting/result/messages/0/content/text',
    'result of the messages of prompt greeting: messages 0 content text',
    'changed',
    (m) => {
      m.messages.greeting = 'Hi'
    },
  ),
  seed(
    '/reads/weather:~1~1cities/result/contents/0/text',
    'result of the read of weather://cities: contents 0 text',
    'changed',
    (m) => {
      m.contents['weather://cities'] = 'Oslo'
    },
  ),
  seed(
    '/calls/get_temperature/result/content/0/text',
    'result of the call of get_temperature: content 0 text',
    'changed',
    (m) => {
      m.results.get_temperature.content[0].text = '4°'
    },
  ),
  seed(
    '/calls/get_temperature/result/structuredContent',
    'result of the call of get_temperature: structuredContent',
    'missing',
    (m) => void delete m.results.get_temperature.structuredContent,
  ),
  seed('/calls/get_temperature/result/isError', 'result of the call of get_temperature: isError', 'added', (m) => {
    m.results.get_temperature.isError = true
  }),
  seed('/calls/get_forecast/notifications', 'notifications of the call of get_forecast', 'changed', (m) => {
    m.notifications.get_forecast.shift()
  }),
  seed(
    '/calls/get_forecast/notifications/2/params/level',
    'notifications of the call of get_forecast: 2 params level',
    'changed',
    (m) => {
      m.notifications.get_forecast[2].params.level = 'warning'
    },
  ),
  seed('/refusals/an unknown tool/error/code', 'error of the answer to an unknown tool: code', 'changed', (m) => {
    m.unknown.code = -32601
  }),
  seed(
    '/refusals/get_temperature without city/error/message',
    'error of the answer to get_temperature without city: message',
    'changed',
    (m) => {
      m.missing.message = 'city is required'
    },
  ),
  seed(
    '/refusals/get_temperature with city of another type/result/content/0/text',
    'result of the answer to get_temperature with city of another type: content 0 text',
    'changed',
    (m) => {
      m.mistyped.content[0].text = 'no'
    },
  ),
]
