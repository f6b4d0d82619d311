import { describe, expect, it } from 'vitest';
import { feedbackAlignment } from '../../../common/learning-rule/catalogue/feedback-alignment.ts';
import { kolenPollack } from '../../../common/learning-rule/catalogue/kolen-pollack.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { flat } from './gradient-angle.ts';
import { separated } from './separable-terms.ts';
import { synapticChange } from './synaptic-change.ts';

const random = new Random(1);
const layer = { weights: Matrix.normal(4, 5, 1, random), biases: Matrix.normal(1, 4, 1, random).values };
const pre = { x: Matrix.normal(7, 5, 1, random) };
const post = { slope: Matrix.normal(7, 4, 1, random), error: Matrix.normal(7, 1, 1, random) };
/** Bounds that are never reached keep an equation from being taken apart. */
const wide = { min: '0 - 1e9 * eta', max: '1e9 * eta' };

describe('the change of a layer', () => {
  it.each([
    kolenPollack,
    { ...feedbackAlignment, on: { step: { w: 'w + (x - w) * (error - 0.5 * x) / (2 * slope) - eta * w' } } },
  ])('is the same by products of matrices and synapse by synapse: $on.step.w', (declaration) => {
    const [whole, bySynapse] = [parseRule(declaration), parseRule({ ...declaration, bounds: wide })];
    expect(separated(whole)).toBeDefined();
    expect(separated(bySynapse)).toBeUndefined();
    const wanted = flat(synapticChange(bySynapse, {}, layer, pre, post));
    flat(synapticChange(whole, {}, layer, pre, post)).forEach((value, index) =>
      expect(value).toBeCloseTo(wanted[index]!, 10),
    );
  });

  it('is computed synapse by synapse where senders and receivers are together in a function', () => {
    const rule = parseRule({ ...feedbackAlignment, on: { step: { w: 'w - eta * tanh(error * slope * x)' } } });
    expect(separated(rule)).toBeUndefined();
    const change = synapticChange(rule, { learningRate: 2 }, layer, pre, post);
    let wanted = 0;
    for (let sample = 0; sample < 7; sample++)
      wanted -= (2 / 7) * Math.tanh(post.error.row(sample)[0]! * post.slope.row(sample)[3]! * pre.x.row(sample)[2]!);
    expect(change.weights.row(3)[2]).toBeCloseTo(wanted, 12);
  });

  it('is refused when a symbol is not given', () => {
    expect(() => synapticChange(parseRule(feedbackAlignment), {}, layer, {}, post)).toThrow(
      /reads 'x', which is not given/,
    );
  });
});
