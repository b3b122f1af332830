using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// The corrections of the board's channels: those that were measured over the link and are kept in flash, before those of the firmware's
    /// settings. Everything that samples reads them from one place, so a new one holds at once.
    /// </summary>
    internal sealed class AdcCorrections
    {
        private const int MostChannels = 32;

        private readonly CorrectionRecord _record;
        private readonly AdcChannelSettings[] _channels;

        /// <summary>Gives each channel that the board allows its place in the settings; nothing is read yet.</summary>
        internal AdcCorrections(IFileStore files, BoardSettings settings)
        {
            _record = new CorrectionRecord(files);
            AdcChannelSettings[] all = new AdcChannelSettings[MostChannels];
            int count = 0;
            for (int channel = 0; channel < MostChannels; channel++)
            {
                if ((settings.Limits.AdcChannels & (1 << channel)) != 0)
                {
                    all[count] = AnalogSampler.Find(settings.AdcChannels, channel);
                    count++;
                }
            }

            _channels = new AdcChannelSettings[count];
            for (int i = 0; i < count; i++)
            {
                _channels[i] = all[i];
            }

            settings.AdcChannels = _channels;
        }

        /// <summary>Bit n set: channel n has a correction that is kept in flash.</summary>
        internal int Kept { get; private set; }

        /// <summary>Reads what is kept.</summary>
        internal void Start()
        {
            _record.Start();
            for (int i = 0; i < _channels.Length; i++)
            {
                int channel = _channels[i].Channel;
                if (_record.Has(channel))
                {
                    Take(_channels[i]);
                }
            }
        }

        /// <summary>Carries out CORRECT.</summary>
        internal RequestStatus Set(byte[] data, int at, int length)
        {
            AdcChannelSettings channel = length < 1 ? null : Find(data[at]);
            bool isNew = length == 1 + CorrectionRecord.PointsLength;
            if (channel == null || (length != 1 && !isNew) || (isNew && !IsSane(data, at + 1)))
            {
                return RequestStatus.BadRequest;
            }

            RequestStatus status = isNew ? _record.Set(channel.Channel, data, at + 1) : _record.Clear(channel.Channel);
            if (status == RequestStatus.Ok && isNew)
            {
                Take(channel);
            }
            else if (status == RequestStatus.Ok)
            {
                channel.Restore();
                Kept &= ~(1 << channel.Channel);
            }

            return status;
        }

        /// <summary>Writes the reply to CORRECTION behind its status.</summary>
        /// <returns>Bytes of the reply.</returns>
        internal int Write(int number, byte[] data, int at)
        {
            AdcChannelSettings channel = Find(number);
            data[at] = (byte)((Kept & (1 << number)) != 0 ? LinkProtocol.CorrectionKept : channel.IsCorrected ? LinkProtocol.CorrectionOfFirmware : 0);
            LittleEndian.WriteUInt16(data, at + 1, channel.Gain);
            LittleEndian.WriteUInt16(data, at + 3, channel.MeasuredCount);
            LittleEndian.WriteUInt16(data, at + 5, channel.TrueCount);
            return 7;
        }

        /// <summary>Whether a channel may be sampled.</summary>
        internal bool Has(int number)
        {
            return Find(number) != null;
        }

        private static bool IsSane(byte[] data, int at)
        {
            return AdcChannelSettings.IsSane(
                LittleEndian.ReadUInt16(data, at), LittleEndian.ReadUInt16(data, at + 2), LittleEndian.ReadUInt16(data, at + 4), LittleEndian.ReadUInt16(data, at + 6));
        }

        private AdcChannelSettings Find(int number)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                if (_channels[i].Channel == number)
                {
                    return _channels[i];
                }
            }

            return null;
        }

        private void Take(AdcChannelSettings channel)
        {
            int number = channel.Channel;
            channel.Replace(_record.Get(number, 0), _record.Get(number, 1), _record.Get(number, 2), _record.Get(number, 3));
            Kept |= 1 << number;
        }
    }
}
