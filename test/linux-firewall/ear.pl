# Prints the frames of this network namespace that come from one hardware address (the argument) as a pcap stream. Not tcpdump: Debian's becomes another
# user first, which root of a mere user namespace may not, and an ordinary user has no other root.
use strict;
use warnings;
use Socket;

use constant { AF_PACKET => 17, ETH_P_ALL => 3, SO_RCVBUFFORCE => 33, BUFFER => 16 * 1024 * 1024 };

my $from = join '', map { chr hex } split /:/, $ARGV[0];
socket(my $wire, AF_PACKET, SOCK_RAW, unpack('S', pack('n', ETH_P_ALL))) or die "cannot listen: $!\n";
# Who is not really root gets what the system allows; a volley fits.
setsockopt($wire, SOL_SOCKET, SO_RCVBUFFORCE, pack('i', BUFFER)) or setsockopt($wire, SOL_SOCKET, SO_RCVBUF, pack('i', BUFFER));
binmode STDOUT;
syswrite STDOUT, pack('VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1);
print STDERR "listening\n";
while (defined recv($wire, my $frame, 65535, 0)) {
  next unless substr($frame, 6, 6) eq $from;
  syswrite STDOUT, pack('VVVV', 0, 0, length $frame, length $frame) . $frame;
}
