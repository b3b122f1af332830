using NeuralEdge.Features;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Has a model's windows compute the features of its test windows, on the sums that will be used: at each step a few samples, or the
    /// features of one channel. What they hold afterwards is forgotten.
    /// </summary>
    internal sealed class WindowTest
    {
        // Of all channels together: as much as a golden vector of a small network.
        private const int SamplesOfStep = 32;

        private readonly WindowStage _stage;
        private readonly TestWindows _tests;
        private readonly int[] _samples;
        private bool _hasBegun;
        private bool _isWhole;
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

        /// <summary>Takes the next samples of a window or, when it has ended, computes features and looks at them.</summary>
        /// <returns>True when the test has ended, passed or failed.</returns>
        internal bool Step()
        {
            if (HasFailed || Window == _tests.Count)
            {
                return true;
            }

            if (!_isWhole)
            {
                AddSamples();
                return false;
            }

            if (!_stage.Compute())
            {
                return false;
            }

            int features = _stage.Shape.Features.Length;
            for (int i = 0; i < features; i++)
            {
                HasFailed |= _stage.Row[i] != _tests.GetFeature(Window, i, features);
            }

            _hasBegun = false;
            _isWhole = false;
            _stage.Clear();
            Window += HasFailed ? 0 : 1;
            return HasFailed || Window == _tests.Count;
        }

        private void AddSamples()
        {
            ChannelShape[] channels = _stage.Shape.Channels;
            if (!_hasBegun)
            {
                _hasBegun = true;
                _stage.Clear();
                _state = _tests.GetSeed(Window);
                for (int c = 0; c < channels.Length; c++)
                {
                    _samples[c] = channels[c].Lowest;
                }
            }

            for (int taken = 0; taken < SamplesOfStep && !_isWhole; taken += channels.Length)
            {
                for (int c = 0; c < channels.Length; c++)
                {
                    _state = TestWindows.Next(_state);
                    _samples[c] = TestWindows.Sample(_state, _samples[c], channels[c]);
                }

                _isWhole = _stage.Add(_samples);
            }
        }
    }
}
