/** Service workers at this address. CreditCurve has none: each is left by another program. */

/** Known at once, before the first paste: only a worker that controls this page can read it. */
export function isControlledByWorker(): boolean {
  return (navigator.serviceWorker?.controller ?? null) !== null;
}

export async function hasForeignWorker(): Promise<boolean> {
  return (await registrations()).length > 0;
}

/** Remove the service workers and their stored data. */
export async function removeForeignWorkers(): Promise<void> {
  await Promise.all((await registrations()).map((one) => one.unregister()));
  for (const name of await caches.keys()) await caches.delete(name);
}

async function registrations(): Promise<readonly ServiceWorkerRegistration[]> {
  try {
    return await navigator.serviceWorker.getRegistrations();
  } catch {
    return []; // Without TLS, or in some private windows, there are none.
  }
}
