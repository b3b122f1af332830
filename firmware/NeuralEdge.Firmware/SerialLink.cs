using System.IO.Ports;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Firmware
{
    /// <summary>The serial port as a byte link. Nobody asks for more bytes than have arrived, so no read ever waits.</summary>
    internal sealed class SerialLink : IByteLink
    {
        private readonly SerialPort _port;

        internal SerialLink(SerialPort port)
        {
            _port = port;
        }

        public int Available
        {
            get { return _port.BytesToRead; }
        }

        /// <summary>Opens a port whose pins are already configured.</summary>
        internal static SerialLink Open(string name, int baudRate, int bufferBytes)
        {
            SerialPort port = new SerialPort(name, baudRate);

            // Before Open, and never touch WriteBufferSize: on nanoFramework both are one field.
            port.ReadBufferSize = bufferBytes;
            port.Open();
            return new SerialLink(port);
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            return _port.Read(buffer, offset, count);
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            _port.Write(buffer, offset, count);
        }
    }
}
