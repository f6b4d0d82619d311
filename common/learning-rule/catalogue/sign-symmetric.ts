// Sign-symmetric feedback: errors come back over connections that have the signs of the forward weights, and sizes of their own.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';
import { feedbackScale } from './multilayer-parameters.ts';

const signSymmetric = (name: string, title: string, sizes: string): RuleDeclaration =>
  errorDriven(
    {
      name: `sign-symmetric-${name}`,
      title: `Sign-symmetric feedback, ${title}`,
      about: `Errors come back over connections that follow the signs of the forward weights as they are now; their sizes are ${sizes}.`,
      sources: [
        'Liao, Leibo & Poggio 2016, AAAI 30:1837',
        'Sanfiz & Akrout 2021, arXiv 2108.13446: the three choices of sizes',
      ],
    },
    // A weaker need than the weights themselves, and still one that separate connections do not meet by themselves.
    'transposed-weights',
    { feedbackScale: feedbackScale() },
  );

/** uSF */
export const uniformSignSymmetric = signSymmetric('uniform', 'uniform', 'all the same');
/** frSF */
export const fixedSignSymmetric = signSymmetric('fixed', 'fixed sizes', 'random and stay');
/** brSF */
export const redrawnSignSymmetric = signSymmetric('redrawn', 'redrawn sizes', 'random and drawn anew for each batch');
