/** Cooperation and conflict between two actors over time: bars up and down, each opening the records behind it. */
import { BarChart, type BarSeriesOption } from "echarts/charts";
import { GridComponent, type GridComponentOption } from "echarts/components";
import { type ComposeOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { ask, el, type Island, onTheme, palette, save, withQuery } from "./island";
import type { Period } from "./types";

type Option = ComposeOption<BarSeriesOption | GridComponentOption>;
use([BarChart, GridComponent, CanvasRenderer]);

const FONT = '"IBM Plex Sans Arabic", "IBM Plex Sans", sans-serif';
const AT_ONCE = 36;

export async function start(island: Island): Promise<void> {
  const { root } = island;
  const source = root.dataset.src ?? "";
  // What has a year and no month stands in the table only: among months it would have no place.
  const periods = filled((await ask<Period[]>(source)).filter((period) => period.period.length === 7));
  if (!periods.some((period) => period.cooperation || period.conflict)) {
    root.hidden = true;
    return;
  }
  const canvas = el("div", { class: "island-canvas timeline-canvas", role: "img", "aria-label": island.t("label") });
  const told = el("p", { class: "timeline-told", "aria-live": "polite" });
  const tools = el("p", { class: "island-tools" });
  root.append(canvas, told, tools);
  const chart = init(canvas, null, { renderer: "canvas" });
  let first = Math.max(0, periods.length - AT_ONCE);
  const shown = () => periods.slice(first, first + AT_ONCE);
  const button = (key: string, work: () => void) => el("button", { type: "button", class: "island-button", click: work }, island.t(key));
  const move = (by: number) => {
    first = Math.min(Math.max(0, periods.length - AT_ONCE), Math.max(0, first + by));
    earlier.disabled = first === 0;
    later.disabled = first + AT_ONCE >= periods.length;
    chart.setOption(option(island, shown()), true);
    told.textContent = island.t("hint");
  };
  const earlier = button("earlier", () => move(-AT_ONCE / 2));
  const later = button("later", () => move(AT_ONCE / 2));
  if (periods.length > AT_ONCE) tools.append(earlier, later);
  tools.append(
    button("png", () => {
      const url = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: palette().card });
      void fetch(url).then(async (answer) => save("marsad-timeline.png", await answer.blob()));
    }),
  );
  move(0);
  onTheme(() => move(0));
  new ResizeObserver(() => chart.resize()).observe(canvas);
  root.dataset.bars = JSON.stringify(periods.map((p) => [p.period, p.cooperation, p.conflict]));
  chart.on("click", (event) => {
    const period = shown()[event.dataIndex];
    if (!period) return;
    location.href = withQuery(withPath(source, "/records"), {
      layer: "event",
      status: "actual",
      sign: event.seriesIndex === 0 ? "1" : "-1",
      since: period.period,
      until: period.period,
      by: "",
      limit: "",
    });
  });
  chart.on("mouseover", (event) => {
    canvas.classList.add("over-bar");
    const period = shown()[event.dataIndex];
    if (period) told.textContent = words(island, period);
  });
  chart.on("mouseout", () => canvas.classList.remove("over-bar"));
  const drawn = document.querySelector<HTMLElement>("[data-instead='timeline']");
  if (drawn) drawn.hidden = true;
}

/** What a bar stands for, in a line: a tooltip of HTML would need styles that the page's policy forbids. */
function words(island: Island, period: Period): string {
  const count = (key: "cooperation" | "conflict" | "articles") => `${island.t(key)} ${island.number(period[key])}`;
  return [island.date(period.period), count("cooperation"), count("conflict"), count("articles")].join(" · ");
}

function withPath(address: string, path: string): string {
  const url = new URL(address, location.href);
  return path + url.search;
}

/** Months between the first and the last are all there, so that a gap in the record is a gap in the drawing. */
export function filled(periods: Period[]): Period[] {
  const known = new Map(periods.map((period) => [period.period, period]));
  const first = periods[0]?.period;
  const last = periods[periods.length - 1]?.period;
  if (first && last) {
    let [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5))];
    for (let count = 0; count < 1200; count += 1) {
      const name = `${year}-${String(month).padStart(2, "0")}`;
      if (!known.has(name)) known.set(name, empty(name));
      if (name >= last) break;
      [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    }
  }
  return [...known.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}

function empty(period: string): Period {
  return { period, cooperation: 0, conflict: 0, other: 0, positive: 0, neutral: 0, negative: 0, statements: 0, articles: 0 };
}

function option(island: Island, periods: Period[]): Option {
  const colours = palette();
  const text = { color: colours.soft, fontFamily: FONT };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    grid: { left: 12, right: 12, top: 16, bottom: 12, containLabel: true },
    xAxis: {
      type: "category",
      data: periods.map((period) => period.period),
      inverse: island.rightToLeft,
      // The line stands at zero, the names of months below the bars that go down.
      axisLine: { onZero: true, lineStyle: { color: colours.soft } },
      position: "bottom",
      axisTick: { show: false },
      axisLabel: { ...text, formatter: (value: string) => island.date(value, true), hideOverlap: true },
    },
    yAxis: {
      type: "value",
      position: island.rightToLeft ? "right" : "left",
      minInterval: 1,
      splitLine: { lineStyle: { color: colours.rule } },
      axisLabel: { ...text, formatter: (value: number) => island.number(Math.abs(value)) },
    },
    series: [
      {
        name: island.t("cooperation"),
        type: "bar",
        stack: "all",
        barMaxWidth: 28,
        cursor: "pointer",
        itemStyle: { color: colours.plus, borderRadius: [3, 3, 0, 0] },
        data: periods.map((period) => period.cooperation),
      },
      {
        name: island.t("conflict"),
        type: "bar",
        stack: "all",
        cursor: "pointer",
        itemStyle: {
          color: colours.minus,
          borderRadius: [0, 0, 3, 3],
          decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: "rgba(255,255,255,.35)" },
        },
        data: periods.map((period) => -period.conflict),
      },
    ],
  };
}
