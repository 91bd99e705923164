/** Starts the page: words, theme, address, then the frame; the map's code is fetched beside the first data. */
import "@/theme/tokens.css";
import "@/theme/base.css";
import { createApp } from "vue";
import App from "./App.vue";
import { followLanguage, i18n } from "./i18n";
import { startMap } from "./map/lazy";
import { followSystem } from "./state/person";
import { followRecord } from "./state/revision";
import { followAddress } from "./state/view";
import { followTheme } from "./theme/follow";

followAddress();
followSystem();
followTheme();
followLanguage();
followRecord();
createApp(App).use(i18n).mount("#app");
void startMap();
