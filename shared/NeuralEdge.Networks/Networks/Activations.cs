using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>Applies an <see cref="Activation"/> to integers.</summary>
    public static class Activations
    {
        /// <summary>Applies an activation to the first values of an array, in place, in one pass.</summary>
        /// <param name="activation">Which one.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="values">Pre-activations in, activations out; formats as in <see cref="Activation"/>.</param>
        /// <param name="count">How many values.</param>
        public static void Apply(Activation activation, int slope, int[] values, int count)
        {
            switch (activation)
            {
                case Activation.Tanh:
                    Tanh.Apply(values, count);
                    break;
                case Activation.Sigmoid:
                    Sigmoid.Apply(values, count);
                    break;
                case Activation.Relu:
                    for (int i = 0; i < count; i++)
                    {
                        if (values[i] < 0)
                        {
                            values[i] = 0;
                        }
                    }

                    break;
                case Activation.LeakyRelu:
                    for (int i = 0; i < count; i++)
                    {
                        int x = values[i];
                        if (x < 0)
                        {
                            values[i] = Leak(x, slope);
                        }
                    }

                    break;
            }
        }

        /// <summary>Applies an activation to one value.</summary>
        /// <param name="activation">Which one.</param>
        /// <param name="slope">Slope of leaky ReLU below zero in Q0.15.</param>
        /// <param name="x">Pre-activation.</param>
        /// <returns>Activation.</returns>
        public static int Evaluate(Activation activation, int slope, int x)
        {
            switch (activation)
            {
                case Activation.Tanh:
                    return Tanh.Evaluate(x);
                case Activation.Sigmoid:
                    return Sigmoid.Evaluate(x);
                case Activation.Relu:
                    return x < 0 ? 0 : x;
                case Activation.LeakyRelu:
                    return x < 0 ? Leak(x, slope) : x;
                default:
                    return x;
            }
        }

        /// <summary>x times a Q0.15 slope, rounded half up; 64 bits, because a pre-activation may use all 32.</summary>
        private static int Leak(int x, int slope)
        {
            return (int)(((long)x * slope + 16384) >> 15);
        }
    }
}
