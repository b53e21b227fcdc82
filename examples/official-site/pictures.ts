/** What the number of a picture stands for: part of the protocol, the same at both ends. */
export const PICTURES: readonly string[] = [
  ...'🍎🍌🍇🍓🍋🥕🌽🍄🍞🧀🥚🍕🎂🍭☕🍺',
  ...'🐶🐱🐭🐰🦊🐻🐼🐸🐵🐔🐧🦉🐢🐟🐬🦋',
  ...'🌵🌲🌻🌹🌙⭐🔥🌈⛄🌊⚡☂⛰🏠🏰⛺',
  ...'🚗🚲🚂✈⛵🚀⏰🔑🔔🎁🎈🎸🥁⚽🎲✂',
];
