using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Inputs for trying compiled code, the same in every trial: both ends of all ranges, then in turn corners of the ranges and
    /// values between them, drawn at random.
    /// </summary>
    internal sealed class TrialInputs
    {
        private const uint Seed = 0x6E656467;

        private readonly Network _network;
        private uint _state = Seed;
        private int _drawn;

        /// <summary>Begins a series.</summary>
        /// <param name="network">Whose ranges to keep to.</param>
        internal TrialInputs(Network network)
        {
            _network = network;
        }

        /// <summary>Draws the next inputs.</summary>
        /// <param name="inputs">Where they go, one for each input of the network.</param>
        internal void Draw(int[] inputs)
        {
            int draw = _drawn++;
            for (int i = 0; i < inputs.Length; i++)
            {
                int low = _network.GetInputMinimum(i);
                int high = _network.GetInputMaximum(i);
                if (draw < 2)
                {
                    inputs[i] = draw == 0 ? low : high;
                    continue;
                }

                uint random = Next();
                inputs[i] = (draw & 1) == 0
                    ? (random < 0x80000000 ? low : high)
                    : low + (int)((random * ((long)high - low + 1)) >> 32);
            }
        }

        // xorshift: every state but 0, each once.
        private uint Next()
        {
            uint s = _state;
            s ^= s << 13;
            s ^= s >> 17;
            s ^= s << 5;
            _state = s;
            return s;
        }
    }
}
