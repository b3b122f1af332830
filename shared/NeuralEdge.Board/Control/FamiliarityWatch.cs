using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Looks at every sixteenth row of inputs, and counts those that are unlike the rows the model was trained on: of the last 60
    /// looks, and of the last hour. Its state is that of the running model; nothing is allocated while it runs.
    /// </summary>
    public sealed class FamiliarityWatch
    {
        /// <summary>One row of so many is looked at.</summary>
        public const int Every = 16;

        /// <summary>Looks that decide together.</summary>
        public const int Window = 60;

        /// <summary>With more unfamiliar rows than this in the window, the inputs are unlike those of the training: a fifth.</summary>
        public const int AlarmAbove = 12;

        /// <summary>With no more than this they are like them again: a tenth.</summary>
        public const int CalmAt = 6;

        // The hour in parts: the oldest goes as a whole.
        private const int Parts = 12;
        private const long PartMicroseconds = 3600L * 1000000 / Parts;

        private readonly int[] _looksOfPart = new int[Parts];
        private readonly int[] _unfamiliarOfPart = new int[Parts];
        private Familiarity _picture;
        private int _wait;
        private uint _looks;

        // Bit n: the look n looks ago was at an unfamiliar row.
        private long _window;
        private int _unfamiliar;
        private bool _isAlarmed;
        private bool _isDoubt;
        private int _part;
        private long _partEnd;

        /// <summary>True while the inputs are unlike those of the training.</summary>
        public bool IsAlarmed
        {
            get { return _isAlarmed; }
        }

        /// <summary>Begins anew with a model. One without a picture, or with an input that no sensor feeds, is not looked at.</summary>
        /// <param name="model">The model, null for none.</param>
        /// <param name="now">Microseconds since start.</param>
        public void Begin(Model model, long now)
        {
            _picture = model == null ? null : model.Familiarity;
            for (int i = 0; _picture != null && i < model.Bindings.Inputs.Length; i++)
            {
                if (model.Bindings.Inputs[i].Source == InputBinding.SourceNone)
                {
                    _picture = null;
                }
            }

            _wait = 0;
            _looks = 0;
            _window = 0;
            _unfamiliar = 0;
            _isAlarmed = false;
            _isDoubt = false;
            _partEnd = now + PartMicroseconds;
            for (int p = 0; p < Parts; p++)
            {
                _looksOfPart[p] = 0;
                _unfamiliarOfPart[p] = 0;
            }
        }

        /// <summary>After an inference: looks at its row when its turn has come.</summary>
        /// <param name="raw">Raw inputs as they were sampled.</param>
        /// <param name="now">Microseconds since start.</param>
        /// <returns>True while the inputs are unlike those of the training, and the model says that its outputs are not to be trusted then.</returns>
        public bool Look(int[] raw, long now)
        {
            if (_wait > 0)
            {
                _wait--;
                return _isDoubt;
            }

            _wait = Every - 1;
            if (_picture == null)
            {
                return false;
            }

            int unfamiliar = _picture.IsFamiliar(raw) ? 0 : 1;
            _unfamiliar += unfamiliar - (int)((_window >> (Window - 1)) & 1);
            _window = (_window << 1) | (long)unfamiliar;
            _isAlarmed = _unfamiliar > AlarmAbove || (_isAlarmed && _unfamiliar > CalmAt);
            _isDoubt = _isAlarmed && _picture.IsDoubt;
            _looks++;
            Advance(now);
            _looksOfPart[_part]++;
            _unfamiliarOfPart[_part] += unfamiliar;
            return _isDoubt;
        }

        /// <summary>Fills in what is known about the inputs.</summary>
        /// <param name="info">The report.</param>
        /// <param name="now">Microseconds since start.</param>
        public void Report(BoardInfo info, long now)
        {
            Advance(now);
            info.Familiarity = _picture == null ? BoardInfo.NotLookedAt : _isAlarmed ? BoardInfo.Unfamiliar : BoardInfo.Familiar;
            info.Looks = _looks;
            info.WindowLooks = (byte)(_looks < Window ? _looks : Window);
            info.WindowUnfamiliar = (byte)_unfamiliar;
            info.HourLooks = 0;
            info.HourUnfamiliar = 0;
            for (int p = 0; p < Parts; p++)
            {
                info.HourLooks += (uint)_looksOfPart[p];
                info.HourUnfamiliar += (uint)_unfamiliarOfPart[p];
            }
        }

        // The last part is the one under way: what is counted is from the last 55 to 60 minutes.
        private void Advance(long now)
        {
            for (int begun = 0; now >= _partEnd; begun++)
            {
                if (begun == Parts)
                {
                    _partEnd = now + PartMicroseconds;
                    return;
                }

                _part = _part == Parts - 1 ? 0 : _part + 1;
                _looksOfPart[_part] = 0;
                _unfamiliarOfPart[_part] = 0;
                _partEnd += PartMicroseconds;
            }
        }
    }
}
