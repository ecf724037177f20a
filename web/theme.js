// Runs before the first paint, so that neither the theme nor the language flashes.
// It reads what the page last saw in the settings; the page itself keeps these two up to date.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const theme = read("creditcurve.theme");
  const isDark =
    theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = isDark ? "dark" : "light";
  const locale = read("creditcurve.locale");
  const isChinese =
    locale === "zh-CN" || (locale !== "en" && /^zh/i.test(navigator.languages?.[0] ?? ""));
  root.lang = isChinese ? "zh-CN" : "en";
})();
