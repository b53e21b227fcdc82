export {
  type Advanced,
  asksWhichWasMeant,
  type Conversation,
  createConversation,
  type Expected,
  type Position,
  type Resumed,
  type TurnContext,
} from './conversation.js';
export type { Verifies } from './machine-context.js';
export type { StepTrace } from './trace.js';
