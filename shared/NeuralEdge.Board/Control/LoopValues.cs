using NeuralEdge.Board.Link;

namespace NeuralEdge.Board.Control
{
    /// <summary>The values of a loop's last inference, for the link.</summary>
    public sealed class LoopValues : ILiveValues
    {
        private readonly ControlLoop _loop;

        /// <summary>Shows a loop.</summary>
        /// <param name="loop">The loop.</param>
        public LoopValues(ControlLoop loop)
        {
            _loop = loop;
        }

        /// <inheritdoc/>
        public uint InferenceCount
        {
            get { return _loop.InferenceCount; }
        }

        /// <inheritdoc/>
        public bool IsSaturated
        {
            get { return _loop.IsSaturated; }
        }

        /// <inheritdoc/>
        public bool IsUnfamiliar
        {
            get { return _loop.IsUnfamiliar; }
        }

        /// <inheritdoc/>
        public uint ModelDigest
        {
            get { return _loop.ModelDigest; }
        }

        /// <inheritdoc/>
        public int InputCount
        {
            get { return _loop.Running == null ? 0 : _loop.Running.Network.InputCount; }
        }

        /// <inheritdoc/>
        public int OutputCount
        {
            get { return _loop.Running == null ? 0 : _loop.Running.Network.OutputCount; }
        }

        /// <inheritdoc/>
        public int GetInput(int index)
        {
            return _loop.Running.Network.GetInput(index);
        }

        /// <inheritdoc/>
        public int GetOutput(int index)
        {
            return _loop.Running.Network.Outputs[index];
        }

        /// <inheritdoc/>
        public int GetPin(int index)
        {
            OutputRules rules = _loop.Running.Rules;
            return !rules.HasRule(index) ? LinkProtocol.NoPin : rules.IsOn(index) ? LinkProtocol.PinOn : rules.IsResting(index) ? LinkProtocol.PinResting : 0;
        }
    }
}
