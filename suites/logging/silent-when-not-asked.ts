import {
  defineCheck,
  everyLog,
  levelledRequests,
  logsIn,
  logsOn,
  mistakesLevel,
  repliesOf,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No log message comes for a request that did not set a log level',
  requirement: 'logging-silent-without-level',
  needs: ['modern', 'tool'],
  hint: 'Take the level from the _meta of the request at hand; without one send nothing, whatever an earlier request asked for.',
  async run(client) {
    const survey = await client.survey()
    const toured = repliesOf(survey).flatMap(logsOn)
    expect(toured.length === 0, 'a log message came for a request without a level', 'silence', toured[0])
    for (const { method, level, logs } of await levelledRequests(client))
      expect(level !== undefined || logs.length === 0, `a log message came for ${method}`, 'silence', logs[0])
    const asked = [...(await everyLog(client)), ...logsIn(survey.received)]
    if (asked.length === 0) notApplicable('no log message was seen, asked for or not')
  },
  fault: mistakesLevel((level) => level ?? 'debug'),
})
