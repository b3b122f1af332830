using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>A model with all it needs to run, prepared aside so that one reference assignment puts it to work.</summary>
    internal sealed class RunningModel
    {
        internal readonly Model Model;
        internal readonly Network Network;
        internal readonly AnalogSampler Sampler;
        internal readonly OutputRules Rules;

        internal RunningModel(Model model, BoardParts parts, BoardSettings settings)
        {
            Model = model;
            Network = model.Network;
            Sampler = new AnalogSampler(model, parts.Inputs, settings.AdcChannels, settings.SensorFaultMs);
            Rules = new OutputRules(model, parts.Outputs);
            Begin(null, parts.Clock.Microseconds);
        }

        /// <summary>Begins to run, as if it were made now. Allocates nothing.</summary>
        /// <param name="before">The model that ran until now, null for none.</param>
        /// <param name="now">Microseconds since start.</param>
        internal void Begin(RunningModel before, long now)
        {
            Sampler.Forget();
            Rules.Begin(before == null ? null : before.Rules, now);
        }
    }
}
