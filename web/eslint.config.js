import pluginVue from "eslint-plugin-vue";
import tseslint from "typescript-eslint";

// one direction: api → state → map → panels → views; a folder may use what stands left of it
const order = ["api", "state", "map", "panels", "views"];

const arrows = order.map((folder, index) => ({
  files: [`src/${folder}/**/*.{ts,vue}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: order.slice(index + 1).map((later) => ({
          group: [`@/${later}/*`, `../${later}/*`],
          message: `${folder}/ must not know ${later}/`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules", "dist", "src/api/schema.d.ts", "eslint.config.js"] },
  ...tseslint.configs.strict,
  ...pluginVue.configs["flat/recommended"],
  {
    files: ["**/*.{ts,vue}"],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: [".vue"] } },
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/html-indent": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/multiline-html-element-content-newline": "off",
      "vue/attributes-order": "off",
      "vue/require-default-prop": "off",
      "vue/no-v-html": "error",
      "vue/no-bare-strings-in-template": [
        "error",
        { allowlist: ["(", ")", ",", ".", "&", "+", "-", "=", "*", "/", "#", "%", "!", "?", ":", "[", "]", "{", "}", "<", ">", "·", "•", "–", "—", "−", "|", "×", "→", "↑", "↓", "zonetwin", "SYNTHETIC", "SQL", "XLSX", "Esc", "Ctrl", "Enter", "J", "K", "SHA-256"] },
      ],
    },
  },
  { files: ["src/i18n/*.ts"], rules: { "max-lines": ["error", { max: 400 }] } },
  { files: ["vite.config.ts"], rules: { "no-restricted-exports": "off" } },
  ...arrows,
);
