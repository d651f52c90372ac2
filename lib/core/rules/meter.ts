import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { patternOf, stepsOf } from '#lib/core/patterns/pattern.ts';
import { Budget, NotChecked } from './budget.ts';

/** An expression that ends within its budget. */
export interface Metered {
  ast: ASTNode;
  /** @throws NotChecked; whatever else the expression throws */
  evaluate: (values: Record<string, unknown>) => unknown;
}

/** Evaluates the nodes of expressions. The library hands it to every macro and calls its `run` for each node. */
interface Evaluator {
  run(node: ASTNode, context: unknown): unknown;
}

interface Macro {
  expression: ASTNode;
}

/** Of the linear engine for patterns so many steps take as long as one of a rule. */
const patternStepsPerStep = 50;

/**
 * Gives an environment `metered(expression)`, whose value is the expression's, evaluated within a budget and with
 * `matches` on the linear engine.
 * @returns what compiles a rule to run that way
 */
export function meter(environment: Environment): (rule: string) => Metered {
  const budget = new Budget();
  const metered = new WeakSet<Evaluator>();
  environment.registerFunction('metered(ast): dyn', ({ args: [expression] }: { args: [ASTNode] }) => ({
    expression,
    typeCheck: (checker: { check(node: ASTNode, context: unknown): unknown }, macro: Macro, context: unknown) =>
      checker.check(macro.expression, context),
    evaluate(evaluator: Evaluator, macro: Macro, context: unknown) {
      if (!metered.has(evaluator)) countSteps(evaluator, budget);
      metered.add(evaluator);
      return evaluator.run(macro.expression, context);
    },
  }));
  return (rule) => {
    const parsed = environment.parse(meteredText(rule));
    budget.watch(parsed.ast);
    return { ast: parsed.ast, evaluate: (values) => budget.limit(() => parsed(values)) };
  };
}

/** A rule's text within its meter. On a line of its own: a rule may end with a comment. */
export function meteredText(rule: string): string {
  return `metered(${rule}\n)`;
}

function countSteps(evaluator: Evaluator, budget: Budget): void {
  const run = evaluator.run.bind(evaluator);
  evaluator.run = (node, context) => {
    budget.enter(node);
    const value = matchOf(node, context) ?? run(node, context);
    budget.leave(node, value);
    return value;
  };

  /** Of `text.matches(pattern)`; null for another node, or when the two are no texts, which the library refuses. */
  function matchOf(node: ASTNode, context: unknown): boolean | null {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return null;
    const [, receiver, [argument]] = node.args;
    const text = evaluator.run(receiver, context);
    const source = argument && evaluator.run(argument, context);
    if (typeof text !== 'string' || typeof source !== 'string') return null;
    const pattern = patternOf(source);
    if (pattern.problem) throw new NotChecked(`its pattern ${pattern.problem}`);
    // A pattern that is put together may be another one for every row, and has to be compiled.
    if (argument?.op !== 'value') budget.spend(pattern.size);
    budget.spend(Math.ceil(stepsOf(pattern, text) / patternStepsPerStep));
    const isMatch = pattern.test(text);
    if (isMatch === null) throw new NotChecked('a text is too long for its pattern');
    return isMatch;
  }
}
