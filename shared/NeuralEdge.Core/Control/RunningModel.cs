using NeuralEdge.Models;

namespace NeuralEdge.Control
{
    /// <summary>A model with all it needs to run, prepared aside so that one reference assignment puts it to work.</summary>
    internal sealed class RunningModel
    {
        internal readonly Model Model;
        internal readonly AnalogSampler Sampler;
        internal readonly OutputRules Rules;

        internal RunningModel(Model model, BoardParts parts, BoardSettings settings)
        {
            Model = model;
            Sampler = new AnalogSampler(model, parts.Inputs, settings.AdcChannels, settings.SensorFaultPeriods);
            Rules = new OutputRules(model, parts.Outputs, parts.Clock.Microseconds);
        }
    }
}
