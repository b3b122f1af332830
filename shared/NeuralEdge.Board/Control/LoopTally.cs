using NeuralEdge.Board.Link;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What the control loop has counted since the start, and how long its last period took. Fields, and no methods that count: each
    /// call would take some hundred instructions of every period.
    /// </summary>
    internal sealed class LoopTally
    {
        /// <summary>Inferences on sampled values.</summary>
        internal uint Inferences;

        /// <summary>Inferences of this model in a row whose inputs were all read and plausible.</summary>
        internal int PlausiblePeriods;

        /// <summary>Microseconds that sampling took.</summary>
        internal int SampleMicros;

        /// <summary>Microseconds that the network took.</summary>
        internal int ForwardMicros;

        /// <summary>Microseconds that rules and pins took.</summary>
        internal int RulesMicros;

        /// <summary>Inferences in which a value inside the network met its ceiling.</summary>
        internal uint Saturated;

        /// <summary>Whether the last inference was one.</summary>
        internal bool IsSaturated;

        private uint _rests;

        /// <summary>Another model is put to work, or none.</summary>
        /// <param name="before">What was at work, null for nothing.</param>
        internal void Begin(RunningModel before)
        {
            _rests += before == null ? 0 : before.Rules.RestCount;
            SampleMicros = 0;
            ForwardMicros = 0;
            RulesMicros = 0;
            IsSaturated = false;
            PlausiblePeriods = 0;
        }

        /// <summary>Fills in the counts and times.</summary>
        /// <param name="info">The report.</param>
        /// <param name="running">What is at work, null for nothing.</param>
        internal void Report(BoardInfo info, RunningModel running)
        {
            info.SampleMicros = SampleMicros;
            info.ForwardMicros = ForwardMicros;
            info.RulesMicros = RulesMicros;
            info.InferenceCount = Inferences;
            info.SaturatedCount = Saturated;
            info.PlausiblePeriods = PlausiblePeriods;
            info.RestCount = _rests + (running == null ? 0 : running.Rules.RestCount);
        }
    }
}
