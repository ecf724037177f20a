/**
 * Links to answers of the interface. A browser follows them without the session's header, so that
 * their address needs a ticket, which is valid once.
 */
import { api } from "./client";
import { BASE } from "./http";
import { sessionProof } from "./session";

/** Download an address of the interface as a file. */
export async function download(address: string): Promise<void> {
  const link = document.createElement("a");
  link.href = await withTicket(address);
  link.download = "";
  link.click();
}

/** Add a ticket to every link to the interface that is clicked. */
export function addTickets(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link?.hasAttribute("download")) return;
    if (sessionProof() === null || !link.href.startsWith(`${BASE}api/`)) return;
    event.preventDefault();
    void download(link.href);
  });
}

async function withTicket(address: string): Promise<string> {
  if (sessionProof() === null) return address;
  const { ticket } = await api.newTicket();
  const whole = new URL(address);
  if (ticket !== null) whole.searchParams.set("ticket", ticket);
  return whole.href;
}
