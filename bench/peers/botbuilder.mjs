// The same length of dialogue on botbuilder: a waterfall of choice prompts on memory storage.
// Prints one JSON line: turns, milliseconds.
import { ActivityTypes, ConversationState, MemoryStorage, TestAdapter } from 'botbuilder';
import { ChoicePrompt, DialogSet, DialogTurnStatus, WaterfallDialog } from 'botbuilder-dialogs';

const [conversations = 200, rounds = 6] = process.argv.slice(2).map(Number);
const CHOICES = ['one', 'two', 'three', 'four', 'five'];

const state = new ConversationState(new MemoryStorage());
const dialogs = new DialogSet(state.createProperty('dialog'));
dialogs.add(new ChoicePrompt('choice'));
dialogs.add(
  new WaterfallDialog('main', [
    ...Array.from({ length: rounds - 1 }, (_, index) => (step) => step.prompt('choice', { prompt: `Question ${index + 1}?`, retryPrompt: 'Please pick one.', choices: CHOICES })),
    async (step) => {
      await step.context.sendActivity('Done.');
      return step.endDialog();
    },
  ]),
);

const adapter = new TestAdapter(async (context) => {
  const dialogContext = await dialogs.createContext(context);
  const result = await dialogContext.continueDialog();
  if (result.status === DialogTurnStatus.empty) await dialogContext.beginDialog('main');
  await state.saveChanges(context);
});

async function talk(id) {
  for (let turn = 0; turn < rounds; turn += 1) {
    await adapter.processActivity({ type: ActivityTypes.Message, text: turn === 0 ? 'hello' : 'two', channelId: 'bench', conversation: { id }, from: { id: 'user' }, recipient: { id: 'bot' } });
  }
  if (adapter.activeQueue.at(-1)?.text !== 'Done.') throw new Error('the dialogue did not reach its end');
  adapter.activeQueue.length = 0;
}

for (let index = 0; index < 50; index += 1) await talk(`warm-${index}`);
const from = process.hrtime.bigint();
for (let index = 0; index < conversations; index += 1) await talk(`talk-${index}`);
const ms = Number(process.hrtime.bigint() - from) / 1e6;
process.stdout.write(`${JSON.stringify({ turns: conversations * rounds, ms })}\n`);
