import { structured, type Tool, text } from '../tool.js'

/** Celsius to Fahrenheit. */
export const convertTemperature: Tool = {
  name: 'convert_temperature',
  title: 'Convert temperature',
  description: 'Converts degrees Celsius to degrees Fahrenheit',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { celsius: { type: 'number', minimum: -273.15, maximum: 10000 } },
    required: ['celsius'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { fahrenheit: { type: 'number' } },
    required: ['fahrenheit'],
    additionalProperties: false,
  },
  run: ({ celsius }: { celsius: number }) => structured({ fahrenheit: Math.round((celsius * 9) / 5 + 32) }),
}

/** Beaufort number of a wind speed. */
export const describeWind: Tool = {
  name: 'describe_wind',
  title: 'Describe wind',
  description: 'Tells the Beaufort number of a wind speed in metres per second',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { speed: { type: 'number', minimum: 0, maximum: 150 } },
    required: ['speed'],
    additionalProperties: false,
  },
  run: ({ speed }: { speed: number }) => text(`Beaufort ${Math.min(12, Math.round((speed / 0.836) ** (2 / 3)))}`),
}

/** Issues an alert into the void; the one tool that needs more than reading. */
export const issueAlert: Tool = {
  name: 'issue_alert',
  title: 'Issue alert',
  description: 'Issues a weather alert for a place; this demonstration forgets it at once',
  readOnly: false,
  scope: 'weather:write',
  inputSchema: {
    type: 'object',
    properties: { severity: { type: 'string', enum: ['minor', 'severe', 'extreme'] } },
    required: ['severity'],
    additionalProperties: false,
  },
  run: ({ severity }: { severity: string }) => text(`Alert of severity ${severity} issued`),
}
