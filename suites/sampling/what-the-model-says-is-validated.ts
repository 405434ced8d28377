import { defineCheck, expectSamplesValidated, putsSamplings } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'What the model of the client says is taken only where it fits the schema',
  requirement: 'sampling-content-validated',
  needs: ['tool'],
  revisions: { last: '2025-11-25' },
  hint: 'Validate the result of sampling/createMessage like any other input before it goes into a result or a next call.',
  run: expectSamplesValidated,
  fault: putsSamplings,
})
