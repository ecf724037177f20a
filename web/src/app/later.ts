/** The parts that follow the first view, in one file: each of its own would be a request more. */
export { Toaster } from "sonner";
export { Bell } from "@/features/alerts/bell/Bell";
export { EpisodeSpans } from "@/features/alerts/EpisodeSpans";
export { BalanceTag } from "./header/BalanceTag";
export { Notices } from "./notices/Notices";
