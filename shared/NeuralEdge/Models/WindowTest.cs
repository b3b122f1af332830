using NeuralEdge.Features;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Has a model's windows compute the features of its test windows, one hop at each step, on the sums that will be used. What they
    /// hold afterwards is forgotten.
    /// </summary>
    internal sealed class WindowTest
    {
        private readonly WindowStage _stage;
        private readonly TestWindows _tests;
        private readonly int[] _samples;
        private int _at;
        private uint _state;

        /// <summary>Prepares a test.</summary>
        internal WindowTest(WindowStage stage, TestWindows tests)
        {
            _stage = stage;
            _tests = tests;
            _samples = new int[stage.Shape.Channels.Length];
        }

        /// <summary>The window under test, or that failed; their number when all passed.</summary>
        internal int Window { get; private set; }

        /// <summary>True when a window gave other features than promised.</summary>
        internal bool HasFailed { get; private set; }

        /// <summary>Takes the samples of a hop, and looks at the features when the window ends.</summary>
        /// <returns>True when the test has ended, passed or failed.</returns>
        internal bool Step()
        {
            if (HasFailed || Window == _tests.Count)
            {
                return true;
            }

            WindowShape shape = _stage.Shape;
            if (_at == 0)
            {
                _stage.Clear();
                _state = _tests.GetSeed(Window);
                for (int c = 0; c < _samples.Length; c++)
                {
                    _samples[c] = shape.Channels[c].Lowest;
                }
            }

            bool isWhole = false;
            for (int i = 0; i < shape.Hop; i++)
            {
                for (int c = 0; c < _samples.Length; c++)
                {
                    _state = TestWindows.Next(_state);
                    _samples[c] = TestWindows.Sample(_state, _samples[c], shape.Channels[c]);
                }

                isWhole = _stage.Add(_samples);
            }

            _at++;
            if (!isWhole)
            {
                return false;
            }

            while (!_stage.Compute())
            {
            }

            for (int i = 0; i < shape.Features.Length; i++)
            {
                HasFailed |= _stage.Row[i] != _tests.GetFeature(Window, i, shape.Features.Length);
            }

            _at = 0;
            _stage.Clear();
            Window += HasFailed ? 0 : 1;
            return HasFailed || Window == _tests.Count;
        }
    }
}
