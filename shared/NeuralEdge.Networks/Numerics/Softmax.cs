namespace NeuralEdge.Numerics
{
    /// <summary>Probabilities from logits.</summary>
    public static class Softmax
    {
        /// <summary>Computes p[i] = exp(z[i]) / sum exp(z), rounded half up.</summary>
        /// <param name="logits">Logits with a common fraction count; not changed.</param>
        /// <param name="count">How many logits, 1 or more.</param>
        /// <param name="fractionBits">Fraction bits of the logits, -31..31.</param>
        /// <param name="probabilities">Where the results go, Q0.15, 0..32768.</param>
        public static void Evaluate(int[] logits, int count, int fractionBits, int[] probabilities)
        {
            int largest = logits[0];
            for (int i = 1; i < count; i++)
            {
                if (logits[i] > largest)
                {
                    largest = logits[i];
                }
            }

            long sum = 0;
            for (int i = 0; i < count; i++)
            {
                int e = Exponential.Evaluate(ToArgument((long)largest - logits[i], fractionBits));
                probabilities[i] = e;
                sum += e;
            }

            // The largest logit gives exp(0), so sum is about 2^30 or more: no division by zero.
            for (int i = 0; i < count; i++)
            {
                probabilities[i] = (int)((((long)probabilities[i] << 16) + sum) / (sum << 1));
            }
        }

        /// <summary>Converts a difference of 0 or more to Q.24, rounded half up, at most <see cref="Exponential.Cut"/>.</summary>
        private static int ToArgument(long difference, int fractionBits)
        {
            int shift = fractionBits - Exponential.ArgumentBits;
            if (shift > 0)
            {
                difference = (difference + (1L << (shift - 1))) >> shift;
            }

            // One bit at a time and never past the cut, so that nothing leaves 64 bits.
            for (; shift < 0 && difference < Exponential.Cut; shift++)
            {
                difference <<= 1;
            }

            return difference > Exponential.Cut ? Exponential.Cut : (int)difference;
        }
    }
}
