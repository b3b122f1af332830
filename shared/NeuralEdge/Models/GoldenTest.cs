using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Models
{
    /// <summary>
    /// Runs a model's golden vectors on the network that will be used, one vector at each step. The step of the first vector
    /// also checks the function tables: few vectors cannot look at every entry, a digest can. Before it, each layer with an
    /// activation table (profile fast) has a step of its own.
    /// </summary>
    public sealed class GoldenTest
    {
        /// <summary>Number of the first test window among what can fail: above that of every vector.</summary>
        public const int FirstWindow = 1 << 16;

        private readonly Model _model;
        private int _next;
        private bool _failed;
        private bool _tablesChecked;
        private int _layer;
        private WindowTest _windows;

        /// <summary>Prepares a test; the model must not be in use.</summary>
        /// <param name="model">The model to test.</param>
        public GoldenTest(Model model)
        {
            _model = model;
        }

        /// <summary>True when every vector gave the promised outputs.</summary>
        public bool Passed
        {
            get { return !_failed && _next == _model.Golden.Count && (_model.Windows == null || (_windows != null && _windows.Window == _model.WindowTests.Count)); }
        }

        /// <summary>
        /// The vector that failed, their number when the tables are damaged, <see cref="FirstWindow"/> and the index of a test window that
        /// gave other features, or -1.
        /// </summary>
        public int FailedVector
        {
            get { return !_failed ? -1 : _windows != null ? FirstWindow + _windows.Window : _next; }
        }

        /// <summary>Runs one vector, or a part of one test window.</summary>
        /// <returns>True when the test has ended, passed or failed.</returns>
        public bool Step()
        {
            GoldenVectors golden = _model.Golden;
            if (_failed)
            {
                return true;
            }

            if (_next == golden.Count)
            {
                return _model.Windows == null || StepWindows();
            }

            Network network = _model.Network;
            while (_layer < network.LayerCount)
            {
                ActivationTable table = network.GetLayer(_layer).Table;
                _layer++;
                if (table != null)
                {
                    return !table.IsSound() && FailTables(golden.Count);
                }
            }

            if (!_tablesChecked)
            {
                _tablesChecked = true;
                if (!TableCheck.Passes())
                {
                    return FailTables(golden.Count);
                }
            }

            for (int i = 0; i < network.InputCount; i++)
            {
                network.SetInput(i, golden.GetInput(_next, i));
            }

            network.Forward();
            for (int i = 0; i < network.OutputCount; i++)
            {
                if (network.Outputs[i] != golden.GetOutput(_next, i))
                {
                    _failed = true;
                    return true;
                }
            }

            _next++;
            return _next == golden.Count && _model.Windows == null;
        }

        private bool StepWindows()
        {
            _windows = _windows ?? new WindowTest(_model.Windows, _model.WindowTests);
            bool hasEnded = _windows.Step();
            _failed = _windows.HasFailed;
            return hasEnded;
        }

        private bool FailTables(int vectors)
        {
            _next = vectors;
            _failed = true;
            return true;
        }
    }
}
