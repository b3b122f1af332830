using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Sample, forward, act: one inference for each <see cref="RunPeriod"/>, from the counts of the sensors to the levels of
    /// the pins. Any doubt drives the outputs safe. It allocates nothing while it runs and knows nothing of uploads.
    /// </summary>
    public sealed class ControlLoop : IInfoSource
    {
        /// <summary>Longest time in microseconds from one look at the sensors, and at the times of the outputs, to the next.</summary>
        public const long WatchInterval = 250000;

        private const long NotYet = -1;

        private readonly BoardParts _parts;
        private readonly BoardSettings _settings;
        private readonly PeriodSchedule _schedule;
        private readonly IBoardClock _clock;
        private readonly Supervisor _supervisor;
        private readonly SafeState _safe;
        private readonly FaultPause _pause;
        private readonly FamiliarityWatch _familiarity = new FamiliarityWatch();
        private readonly LoopTally _tally = new LoopTally();
        private RunningModel _running;
        private long _watchedAt;

        /// <summary>Makes a loop without a model: the outputs stay safe until <see cref="Use"/>.</summary>
        /// <param name="parts">The hardware.</param>
        /// <param name="settings">How the board behaves.</param>
        public ControlLoop(BoardParts parts, BoardSettings settings)
        {
            _parts = parts;
            _settings = settings;
            _schedule = new PeriodSchedule(settings.PeriodMs, parts.Clock.Microseconds);
            _clock = parts.Clock;
            _supervisor = parts.Supervisor;
            _safe = new SafeState(parts);
            _pause = new FaultPause(settings);
        }

        /// <summary>The model at work, null before the first <see cref="Use"/>.</summary>
        public Model Model
        {
            get { return _running == null ? null : _running.Model; }
        }

        /// <summary>Periods that went by without an inference since the start.</summary>
        public uint MissedPeriods
        {
            get { return _schedule.Missed; }
        }

        /// <summary>Length of a period in microseconds.</summary>
        public long Period
        {
            get { return _schedule.Period; }
        }

        /// <summary>What went wrong since the start.</summary>
        public FaultLog Faults
        {
            get { return _safe.Faults; }
        }

        /// <summary>How many models have been put to work since the start: another number, another model.</summary>
        public int ModelCount { get; private set; }

        /// <summary>Inferences on sampled values since the start.</summary>
        public uint InferenceCount
        {
            get { return _tally.Inferences; }
        }

        /// <summary>Inferences since the start in which a value inside the network met its ceiling.</summary>
        public uint SaturatedCount
        {
            get { return _tally.Saturated; }
        }

        /// <summary>
        /// Periods in a row that ended in an inference of this model on inputs that were all read and plausible. A bridged count, a
        /// fault and another model begin again at 0.
        /// </summary>
        public int PlausiblePeriods
        {
            get { return _tally.PlausiblePeriods; }
        }

        /// <summary>The first input whose last count was not plausible, or frozen; <see cref="AnalogSampler.NoFault"/> for none.</summary>
        public int FirstBad
        {
            get { return _running == null ? AnalogSampler.NoFault : _running.Sampler.FirstBad; }
        }

        /// <summary>Whether <see cref="FirstBad"/> is one because its count does not change.</summary>
        public bool IsInputFrozen
        {
            get { return _running != null && _running.Sampler.IsFrozen; }
        }

        /// <summary>Whether a value inside the network met its ceiling in the last inference.</summary>
        public bool IsSaturated
        {
            get { return _tally.IsSaturated; }
        }

        /// <summary>Whether the inputs of late are unlike those the model was trained on.</summary>
        public bool IsUnfamiliar
        {
            get { return _familiarity.IsAlarmed; }
        }

        /// <summary>CRC-32 of the running model's file, 0 without a model.</summary>
        public uint ModelDigest
        {
            get { return _running == null ? 0 : _running.Model.Digest; }
        }

        /// <summary>Microseconds until the next inference is due, 0 or less when it is.</summary>
        /// <returns>The time left.</returns>
        public long Remaining()
        {
            return _schedule.Remaining(_clock.Microseconds);
        }

        /// <summary>
        /// Puts a model to work, between two inferences. Pins that both models use in the same way keep their level;
        /// all others go to their inactive level.
        /// </summary>
        /// <param name="model">A model that has passed its golden vectors.</param>
        public void Use(Model model)
        {
            // All memory is had before the old model is let go.
            PutToWork(Prepare(model));
        }

        /// <summary>What is at work, to be kept and put to work again; null when there is no model.</summary>
        internal RunningModel Running
        {
            get { return _running; }
        }

        /// <summary>Has all the memory that a model needs to run.</summary>
        /// <param name="model">A model that has passed its golden vectors.</param>
        /// <returns>What <see cref="PutToWork"/> puts to work.</returns>
        internal RunningModel Prepare(Model model)
        {
            return new RunningModel(model, _parts, _settings);
        }

        /// <summary>Puts a model to work that is prepared, or was at work before, as <see cref="Use"/> does. Allocates nothing.</summary>
        /// <param name="next">The model with what runs it.</param>
        internal void PutToWork(RunningModel next)
        {
            RunningModel before = _running;
            _running = next;
            ModelCount++;
            _schedule.Restart(RunningModel.PeriodOf(next.Model, _settings), _clock.Microseconds);
            _supervisor.Allow(_settings.SupervisionMs);
            _tally.Begin(before);
            _pause.Clear();
            _familiarity.Begin(next.Model, _clock.Microseconds);
            TakeCorrections();
            try
            {
                next.Begin(before, _clock.Microseconds);
            }
            catch (Exception e)
            {
                // A pin that cannot be driven: nothing is known about the others either.
                Fail(FaultCode.Inference, "taking over", e);
            }
        }

        /// <summary>The board's corrections have changed: what runs samples with them from now on.</summary>
        internal void TakeCorrections()
        {
            if (_running != null)
            {
                _running.Sampler.TakeCorrections(_settings.AdcChannels);
            }
        }

        /// <summary>Takes the model away: the outputs go safe and stay there until the next <see cref="Use"/>.</summary>
        public void Stop()
        {
            RunningModel before = _running;
            _running = null;
            _tally.Begin(before);
            _familiarity.Begin(null, 0);
            _safe.Drive(before);
        }

        /// <summary>One period: sample, forward, rules, pins. While a fault is waited out, only the sign of life.</summary>
        /// <returns>True when there was an inference.</returns>
        public bool RunPeriod()
        {
            RunningModel running = _running;
            IBoardClock clock = _clock;
            LoopTally tally = _tally;
            long begin = clock.Microseconds;
            WindowFeed windows = running == null ? null : running.Windows;
            uint missed = windows == null ? 0 : _schedule.Missed;
            _schedule.Advance(begin);
            _watchedAt = begin;
            if (running == null || _pause.IsOn(begin))
            {
                _supervisor.Beat();
                return false;
            }

            FaultCode stage = FaultCode.Adc;
            long computed = NotYet;
            bool hasRow = false;
            try
            {
                int faulty = running.Sampler.Sample(begin);
                long sampled = clock.Microseconds;
                if (faulty != AnalogSampler.NoFault)
                {
                    FailSensor(running, faulty);
                    _supervisor.Beat();
                    return false;
                }

                stage = FaultCode.Inference;
                if (windows != null)
                {
                    hasRow = running.TakeRow(_schedule.Missed - missed);
                    sampled = clock.Microseconds;
                    if (!hasRow)
                    {
                        tally.SampleMicros = (int)(sampled - begin);
                        AwaitRow(running);
                        return false;
                    }
                }
                else
                {
                    // Sampling has filled the network's inputs, and is not to take longer for windows that others have.
                    hasRow = true;
                }

                running.Network.Forward();
                computed = clock.Microseconds;
                bool isSaturated = running.Network.SaturatedCount != 0;
                tally.IsSaturated = isSaturated;
                if (isSaturated)
                {
                    tally.Saturated++;
                }

                bool isUnfamiliar = _familiarity.Look(windows == null ? running.Sampler.Raw : windows.Row, begin);
                if (isUnfamiliar || (isSaturated && running.Model.Bindings.SaturationIsFault))
                {
                    // The values are shown all the same: somebody has to find out what drives the network there.
                    tally.Inferences++;
                    EnterSafeState(isUnfamiliar ? FaultCode.Unfamiliar : FaultCode.Saturation, 0);
                    _supervisor.Beat();
                    return true;
                }

                running.Rules.Ask();
                running.Rules.Settle(clock.Microseconds);
                long acted = clock.Microseconds;

                tally.SampleMicros = (int)(sampled - begin);
                tally.ForwardMicros = (int)(computed - sampled);
                tally.RulesMicros = (int)(acted - computed);
            }
            catch (Exception e)
            {
                // Rules may have changed and not reached their pins: nothing but safe outputs helps then.
                if (!hasRow || computed != NotYet || !ActOnRows(running))
                {
                    Fail(stage, NameOf(stage), e);
                    return false;
                }
            }

            tally.Inferences++;
            if (windows == null ? running.Sampler.Bad != AnalogSampler.NoFault : !windows.WasPlausible)
            {
                tally.PlausiblePeriods = 0;
            }
            else if (tally.PlausiblePeriods < int.MaxValue)
            {
                tally.PlausiblePeriods++;
            }

            _pause.EndWithInference();
            _safe.Leave();
            _supervisor.Beat();
            return true;
        }

        /// <summary>
        /// Between two inferences that lie far apart: a sensor that fails makes the outputs safe, and an output whose time has come
        /// is switched, no later than <see cref="WatchInterval"/> after it should.
        /// </summary>
        public void Watch()
        {
            RunningModel running = _running;
            long now = _clock.Microseconds;
            if (running == null || _pause.IsOn(now) || now - _watchedAt < WatchInterval)
            {
                return;
            }

            _watchedAt = now;
            FaultCode stage = FaultCode.Adc;
            try
            {
                int faulty = running.Sampler.Watch(now);
                if (faulty != AnalogSampler.NoFault)
                {
                    FailSensor(running, faulty);
                    return;
                }

                // A glitch in the middle of a period is one of that period.
                _tally.PlausiblePeriods = running.Sampler.AllPlausible ? _tally.PlausiblePeriods : 0;
                stage = FaultCode.Inference;
                running.Rules.Settle(_clock.Microseconds);
                _pause.EndWithWatch();
            }
            catch (Exception e)
            {
                Fail(stage, NameOf(stage), e);
                _pause.SetWatchFailed();
            }
        }

        /// <summary>
        /// Drives the outputs safe, records why, and pauses the loop: longer with each fault in a row, until the board
        /// resets itself.
        /// </summary>
        /// <param name="code">What failed.</param>
        /// <param name="detail">More about it.</param>
        public void Fail(FaultCode code, int detail)
        {
            EnterSafeState(code, detail);
            Pause();
        }

        /// <summary>The same for an exception, which is noted once the outputs are safe: that may write flash, which takes its time.</summary>
        /// <param name="code">What failed.</param>
        /// <param name="step">What was being done.</param>
        /// <param name="error">What ended it.</param>
        internal void Fail(FaultCode code, string step, Exception error)
        {
            string failed = _parts.StepOf(step, error);
            EnterSafeState(code, 0);
            _parts.Note(failed, error);
            Pause();
        }

        private static string NameOf(FaultCode stage)
        {
            return stage == FaultCode.Adc ? "sampling" : "the inference and its outputs";
        }

        private void Pause()
        {
            if (_running != null)
            {
                // Nothing is sampled meanwhile.
                _running.Forget();
            }

            if (!_pause.Count())
            {
                _safe.Restart();
                return;
            }

            _pause.Begin(_clock.Microseconds);
            _supervisor.Beat();
        }

        /// <inheritdoc/>
        public void Report(BoardInfo info)
        {
            info.Digest = ModelDigest;
            info.ModelLength = _running == null ? 0 : _running.Model.Length;
            info.InputCount = _running == null ? 0 : _running.Network.InputCount;
            info.OutputCount = _running == null ? 0 : _running.Network.OutputCount;
            info.PeriodMs = (int)(_schedule.Period / 1000);
            info.LatePeriods = _schedule.Missed;
            info.LatestMicros = _schedule.Latest;
            _tally.Report(info, _running);
            info.RestingPins = _parts.Outputs.RestingPins;
            info.ActiveLowPins = _parts.Outputs.ActiveLowPins;
            info.LimitedPins = _parts.Outputs.LimitedPins;
            _familiarity.Report(info, _clock.Microseconds);
            info.BadInput = FirstBad;
            info.IsInputFrozen = IsInputFrozen;
            info.FaultFlags = _safe.Faults.Flags;
            info.LastFault = (byte)_safe.Faults.Last;
        }

        /// <summary>Outputs safe for good, then a restart.</summary>
        public void Restart()
        {
            _safe.Restart();
        }

        /// <summary>Compiled code that throws gives way to the rows it was made of, in the same period and for good.</summary>
        /// <returns>False when the network ran its rows already, or when they fail too.</returns>
        private bool ActOnRows(RunningModel running)
        {
            try
            {
                long begin = _clock.Microseconds;
                if (!running.Network.ForwardAsPlanned())
                {
                    return false;
                }

                long computed = _clock.Microseconds;
                running.Rules.Ask();
                running.Rules.Settle(_clock.Microseconds);
                _tally.ForwardMicros = (int)(computed - begin);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        // A window with a hole in it is none.
        private void FailSensor(RunningModel running, int input)
        {
            EnterSafeState(running.Sampler.IsFrozen ? FaultCode.Frozen : FaultCode.Sensor, input);
            if (running.Windows != null)
            {
                running.Windows.Forget();
            }
        }

        // Between two windows the pins stay as they are, but for what their times ask for.
        private void AwaitRow(RunningModel running)
        {
            if (running.Windows.IsSilent)
            {
                EnterSafeState(FaultCode.Late, 0);
            }
            else
            {
                running.Rules.Settle(_clock.Microseconds);
            }

            _supervisor.Beat();
        }

        private void EnterSafeState(FaultCode code, int detail)
        {
            _tally.PlausiblePeriods = 0;
            _safe.Enter(code, detail, _running);
        }
    }
}
