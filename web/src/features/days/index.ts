export { DayBars } from "./DayBars";
export { HeatMap } from "./HeatMap";
