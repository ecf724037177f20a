/** The libraries of the program and its page: names and licences, the same in every language. */
export const PARTS = [
  ["React", "MIT"],
  ["Apache ECharts", "Apache-2.0"],
  ["TanStack Query, Virtual", "MIT"],
  ["Radix Primitives", "MIT"],
  ["Sonner", "MIT"],
  ["Lucide", "ISC"],
  ["Geist", "OFL-1.1"],
  ["Starlette, uvicorn, httpx2", "BSD-3-Clause"],
  ["SQLite, APSW", "Public domain, zlib"],
  ["msgspec", "BSD-3-Clause"],
  ["cryptography", "Apache-2.0"],
] as const;
