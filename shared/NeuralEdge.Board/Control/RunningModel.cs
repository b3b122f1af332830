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

        /// <summary>What makes rows of samples, null when samples are a row.</summary>
        internal readonly WindowFeed Windows;

        internal RunningModel(Model model, BoardParts parts, BoardSettings settings)
        {
            Model = model;
            Network = model.Network;
            Sampler = new AnalogSampler(model, parts, settings.AdcChannels, settings.SensorFaultMs);
            Rules = new OutputRules(model, parts.Outputs);
            Windows = model.Windows == null ? null : new WindowFeed(model.Windows, PeriodOf(model, settings));
            Begin(null, parts.Clock.Microseconds);
        }

        /// <summary>Begins to run, as if it were made now. Allocates nothing.</summary>
        /// <param name="before">The model that ran until now, null for none.</param>
        /// <param name="now">Microseconds since start.</param>
        internal void Begin(RunningModel before, long now)
        {
            Forget();
            Rules.Begin(before == null ? null : before.Rules, now);
        }

        /// <summary>Milliseconds from one sample to the next.</summary>
        internal static int PeriodOf(Model model, BoardSettings settings)
        {
            return model.Bindings.PeriodMs > 0 ? model.Bindings.PeriodMs : settings.PeriodMs;
        }

        /// <summary>Forgets what was sampled.</summary>
        internal void Forget()
        {
            Sampler.Forget();
            if (Windows != null)
            {
                Windows.Forget();
            }
        }

        /// <summary>Gives its windows what was sampled, and has the network take the features of one that has ended.</summary>
        /// <param name="skipped">Periods before this one that had no sample.</param>
        /// <returns>False when there is no row to decide by in this period.</returns>
        internal bool TakeRow(uint skipped)
        {
            bool isRow = Windows.Add(Sampler.Raw, skipped, Sampler.AllPlausible);
            if (isRow)
            {
                Network.SetInputs(Windows.Row, 0);
            }

            return isRow;
        }
    }
}
