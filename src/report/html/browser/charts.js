// Draws every figure with uPlot, in the colours of the theme, as wide as there is room.
;(() => {
  const colors = {
    light: ['#1f63b5', '#c2571a', '#16805c', '#8a4fa8', '#8a6a00', '#b0356b'],
    dark: ['#7fb2f5', '#f3a36b', '#5fd0a5', '#cf9be8', '#e3c15a', '#f08cb4'],
  }
  const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2]]
  const printing = matchMedia('print')

  /** @param {string} name */
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  const palette = () => {
    const scheme = getComputedStyle(document.documentElement).colorScheme
    return scheme === 'dark' && !printing.matches ? colors.dark : colors.light
  }

  /** @param {number} value */
  const short = (value) => {
    const size = Math.abs(value)
    if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
    if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`
    return String(Number(value.toPrecision(3)))
  }

  /** @param {number} beyond */
  const percentile = (beyond) => {
    if (beyond <= 1) return ''
    const digits = Math.max(0, Math.ceil(Math.log10(beyond)) - 1)
    return `p${Number((100 - 100 / beyond).toFixed(digits))}`
  }

  /** The steps of a logarithmic axis: 1, 2, 5, 10 …, fewer where they span much. */
  const oneTwoFive = (/** @type {number} */ min, /** @type {number} */ max) => {
    const decades = Array.from({ length: 14 }, (_, at) => 10 ** (at - 5))
    const factors = max / min > 500 ? [1] : [1, 2, 5]
    return decades
      .flatMap((decade) => factors.map((factor) => factor * decade))
      .filter((step) => step >= min && step <= max)
  }

  const axis = () => ({
    size: 34,
    stroke: token('--quiet'),
    grid: { stroke: token('--line'), width: 1 },
    ticks: { stroke: token('--line'), width: 1, size: 4 },
    font: '12px system-ui, sans-serif',
  })

  /**
   * @param {any} chart
   * @param {number} width
   */
  function lineOptions(chart, width) {
    const hues = palette()
    const percentiles = chart.x === 'percentiles'
    const last = chart.places[chart.places.length - 1]
    const nines = [1, 2, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7].filter((place) => place <= last * 1.001)
    const log = { distr: 3, log: 10 }
    const lowest = Math.min(
      ...chart.series.flatMap((/** @type {any} */ one) => one.values.filter((/** @type {any} */ v) => v > 0)),
    )
    return {
      width,
      height: 240,
      padding: [12, 14, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      legend: { live: true },
      scales: {
        x: percentiles ? { time: false, ...log, range: [1, Math.max(10, last)] } : { time: false },
        y: chart.log
          ? {
              ...log,
              range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ max) => [
                lowest * 0.8,
                max * 1.3,
              ],
            }
          : {
              range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ max) => [
                0,
                max > 0 ? max * 1.08 : 1,
              ],
            },
      },
      axes: [
        percentiles
          ? {
              ...axis(),
              splits: () => nines,
              filter: (/** @type {any} */ _, /** @type {number[]} */ all) => all,
              values: (/** @type {any} */ _, /** @type {number[]} */ all) => all.map(percentile),
            }
          : {
              ...axis(),
              values: (/** @type {any} */ _, /** @type {number[]} */ all) => all.map((at) => `${short(at)} s`),
            },
        {
          ...axis(),
          size: 58,
          ...(chart.log
            ? {
                splits: (
                  /** @type {any} */ _,
                  /** @type {any} */ __,
                  /** @type {number} */ min,
                  /** @type {number} */ max,
                ) => oneTwoFive(min, max),
                filter: (/** @type {any} */ _, /** @type {number[]} */ all) => all,
              }
            : {}),
          values: (/** @type {any} */ _, /** @type {(number | null)[]} */ all) =>
            all.map((value) => (value === null ? '' : short(value))),
          label: chart.unit || undefined,
          labelSize: 18,
          labelFont: '12px system-ui, sans-serif',
        },
      ],
      series: [
        {
          label: percentiles ? 'percentile' : 'second',
          value: (/** @type {any} */ _, /** @type {number | null} */ value) =>
            value === null ? '' : percentiles ? percentile(value) || 'min' : String(value),
        },
        ...chart.series.map((/** @type {any} */ one, /** @type {number} */ at) => ({
          label: one.name,
          stroke: hues[at % hues.length],
          width: 2,
          dash: dashes[Math.floor(at) % dashes.length],
          points: { show: chart.places.length < 3 },
          spanGaps: percentiles,
          value: (/** @type {any} */ _, /** @type {number | null} */ value) =>
            value === null ? '' : `${short(value)} ${chart.unit}`,
          ...(one.steps ? { paths: uPlot.paths.stepped?.({ align: 1 }), fill: `${hues[at % hues.length]}22` } : {}),
        })),
      ],
    }
  }

  /**
   * @param {any} chart
   * @param {number} width
   */
  function intervalOptions(chart, width) {
    const { rows } = chart
    const hues = palette()
    const ends = rows.flatMap((/** @type {any} */ row) => [row.low ?? row.ratio, row.high ?? row.ratio, row.ratio])
    const reach = Math.max(1.5, 1.15 * Math.max(...ends.map((/** @type {number} */ end) => Math.max(end, 1 / end))))
    const longest = Math.max(...rows.map((/** @type {any} */ row) => row.name.length))
    const left = Math.round(Math.min(24 + longest * 7, width * 0.45))
    const steps = [0.01, 0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10, 100].filter(
      (step) => step <= reach && step >= 1 / reach,
    )
    const splits = reach > 2.2 || width < 520 ? steps.filter((step) => ![0.8, 1.25].includes(step)) : steps
    return {
      width,
      height: 64 + rows.length * 34,
      padding: [8, 16, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, distr: 3, log: 10, range: [1 / reach, reach] },
        y: { range: [-0.5, rows.length - 0.5], dir: -1 },
      },
      axes: [
        {
          ...axis(),
          splits: () => splits,
          filter: (/** @type {any} */ _, /** @type {number[]} */ all) => all,
          values: (/** @type {any} */ _, /** @type {number[]} */ all) => all.map((value) => `${short(value)}×`),
        },
        {
          ...axis(),
          stroke: token('--text'),
          size: left,
          gap: 8,
          grid: { show: false },
          ticks: { show: false },
          splits: () => rows.map((/** @type {any} */ _, /** @type {number} */ at) => at),
          values: () => rows.map((/** @type {any} */ row) => row.name),
        },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: {
        draw: [
          (/** @type {uPlot} */ plot) => {
            const { ctx } = plot
            const scale = devicePixelRatio
            const x = (/** @type {number} */ value) => plot.valToPos(value, 'x', true)
            ctx.save()
            ctx.lineWidth = 1.5 * scale
            ctx.strokeStyle = token('--quiet')
            ctx.setLineDash([4 * scale, 4 * scale])
            ctx.beginPath()
            ctx.moveTo(x(1), plot.bbox.top)
            ctx.lineTo(x(1), plot.bbox.top + plot.bbox.height)
            ctx.stroke()
            ctx.setLineDash([])
            rows.forEach((/** @type {any} */ row, /** @type {number} */ at) => {
              const y = plot.valToPos(at, 'y', true)
              ctx.strokeStyle = ctx.fillStyle = row.shown ? (hues[0] ?? '') : token('--quiet')
              ctx.lineWidth = 4 * scale
              ctx.lineCap = 'round'
              if (row.low !== undefined && row.high !== undefined) {
                ctx.globalAlpha = 0.45
                ctx.beginPath()
                ctx.moveTo(x(row.low), y)
                ctx.lineTo(x(row.high), y)
                ctx.stroke()
                ctx.globalAlpha = 1
              }
              ctx.beginPath()
              ctx.arc(x(row.ratio), y, 5 * scale, 0, 2 * Math.PI)
              ctx.fill()
            })
            ctx.restore()
          },
        ],
      },
    }
  }

  /** @type {{ place: HTMLElement, chart: any, plot?: uPlot, width: number }[]} */
  const figures = [...document.querySelectorAll('.chart')].map((place) => ({
    place: /** @type {HTMLElement} */ (place),
    chart: JSON.parse(place.querySelector('script')?.textContent ?? '{}'),
    width: 0,
  }))

  /** @param {typeof figures[number]} figure */
  function draw(figure) {
    const width = Math.floor(figure.place.clientWidth)
    if (width === 0) return
    figure.plot?.destroy()
    figure.width = width
    const { chart } = figure
    const lines = chart.kind === 'lines'
    const options = /** @type {any} */ (lines ? lineOptions(chart, width) : intervalOptions(chart, width))
    const data = lines
      ? [chart.places, ...chart.series.map((/** @type {any} */ one) => one.values)]
      : [
          chart.rows.map((/** @type {any} */ _, /** @type {number} */ at) => at + 1),
          chart.rows.map((/** @type {any} */ _, /** @type {number} */ at) => at),
        ]
    figure.plot = new uPlot(options, /** @type {any} */ (data), figure.place)
  }

  const watcher = new ResizeObserver(() => {
    for (const figure of figures) if (Math.floor(figure.place.clientWidth) !== figure.width) draw(figure)
  })
  for (const figure of figures) {
    draw(figure)
    watcher.observe(figure.place)
  }
  const again = () => figures.forEach(draw)
  document.addEventListener('themed', again)
  printing.addEventListener('change', again)
})()
