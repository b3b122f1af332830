using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// What a model says so that its loads do no harm: which counts a working sensor gives, how long a load may be on, and which
    /// loads exclude each other. FORMAT.md, section 3.2, is the specification; a board may be stricter.
    /// </summary>
    public sealed class Safeguards
    {
        /// <summary>Milliseconds between two loads that exclude each other, for models that do not say.</summary>
        public const int DefaultDeadTimeMs = 100;

        /// <summary>Group of the outputs that follow arg-max, for models that do not say.</summary>
        public const int DefaultGroup = 1;

        /// <summary>Longest time of any kind in milliseconds: a day.</summary>
        public const int MaxTimeMs = 86400000;

        /// <summary>Longest dead time in milliseconds.</summary>
        public const int MaxDeadTimeMs = 60000;

        /// <summary>Largest count of the ADC.</summary>
        public const int FullScale = 4095;

        private readonly int[] _lowest;
        private readonly int[] _highest;
        private readonly int[] _frozenMs;
        private readonly int[] _maxOnMs;
        private readonly int[] _restMs;
        private readonly byte[] _groups;

        /// <summary>Says nothing of inputs and limits: only the outputs that follow arg-max exclude each other.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">One for each output of the network.</param>
        public Safeguards(int inputs, OutputBinding[] outputs)
        {
            _lowest = new int[inputs];
            _highest = new int[inputs];
            _frozenMs = new int[inputs];
            _maxOnMs = new int[outputs.Length];
            _restMs = new int[outputs.Length];
            _groups = new byte[outputs.Length];
            DeadTimeMs = DefaultDeadTimeMs;
            for (int i = 0; i < outputs.Length; i++)
            {
                _groups[i] = (byte)(outputs[i].Rule == OutputBinding.RuleArgMax ? DefaultGroup : 0);
            }
        }

        /// <summary>Bytes of a board's heap that safeguards take.</summary>
        /// <param name="inputs">Inputs of the network.</param>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        public static int MeasureHeap(int inputs, int outputs)
        {
            return HeapSize.Object(7) + (3 * HeapSize.Array(4 * inputs)) + (2 * HeapSize.Array(4 * outputs)) + HeapSize.Array(outputs);
        }

        /// <summary>Milliseconds from one load of a group going off to another one going on.</summary>
        public int DeadTimeMs { get; set; }

        /// <summary>Whether the model says which counts of an input are plausible; else the board does.</summary>
        /// <param name="input">Index of the input.</param>
        /// <returns>True when it does.</returns>
        public bool HasPlausible(int input)
        {
            return _highest[input] != 0;
        }

        /// <summary>Smallest uncorrected count a working sensor gives.</summary>
        /// <param name="input">Index of the input.</param>
        /// <returns>The count, 0..4095.</returns>
        public int GetLowest(int input)
        {
            return _lowest[input];
        }

        /// <summary>Largest uncorrected count a working sensor gives; 0 when the model does not say.</summary>
        /// <param name="input">Index of the input.</param>
        /// <returns>The count, 0..4095.</returns>
        public int GetHighest(int input)
        {
            return _highest[input];
        }

        /// <summary>How long a sensor may give the same count before it counts as frozen.</summary>
        /// <param name="input">Index of the input.</param>
        /// <returns>Milliseconds, 0 for ever.</returns>
        public int GetFrozenMs(int input)
        {
            return _frozenMs[input];
        }

        /// <summary>Sets what is known about a sensor.</summary>
        /// <param name="input">Index of the input.</param>
        /// <param name="lowest">Smallest plausible count; both 0 leave it to the board.</param>
        /// <param name="highest">Largest plausible count.</param>
        /// <param name="frozenMs">Milliseconds of the same count after which the sensor counts as frozen, 0 for never.</param>
        public void SetInput(int input, int lowest, int highest, int frozenMs)
        {
            _lowest[input] = lowest;
            _highest[input] = highest;
            _frozenMs[input] = frozenMs;
        }

        /// <summary>Longest time on.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>Milliseconds, 0 for no limit of the model's.</returns>
        public int GetMaxOnMs(int output)
        {
            return _maxOnMs[output];
        }

        /// <summary>Time off after the longest time on.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>Milliseconds; 0 until the rule has asked for off.</returns>
        public int GetRestMs(int output)
        {
            return _restMs[output];
        }

        /// <summary>The group of an output: of one group at most one is on.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>1..255, 0 for none.</returns>
        public int GetGroup(int output)
        {
            return _groups[output];
        }

        /// <summary>Sets the limits of a load.</summary>
        /// <param name="output">Index of the output.</param>
        /// <param name="maxOnMs">Longest time on in milliseconds, 0 for none.</param>
        /// <param name="restMs">Time off after that in milliseconds, 0 until the rule has asked for off.</param>
        /// <param name="group">Outputs of one group are never on together, 1..255; 0 for none.</param>
        public void SetOutput(int output, int maxOnMs, int restMs, int group)
        {
            _maxOnMs[output] = maxOnMs;
            _restMs[output] = restMs;
            _groups[output] = (byte)group;
        }
    }
}
