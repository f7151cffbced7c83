# Theil T stacked. file_parts1 ... n_panel: year, part between groups, total.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) title chart_title \
  margins screen 75.0 / width, screen 0.975, screen 75.0 / height, screen 1 - 85.0 / height \
  spacing screen 85.0 / width, screen 95.0 / height
set key top right reverse Left samplen 2
set style fill solid 0.75 noborder
span = year_last - year_first
step = (span > 12 ? 5 : span > 5 ? 2 : 1)
set xtics step
set xrange [year_first - 0.3:year_last + 0.3]
set label 2 'Each year of whichever countries have a value then; years with fewer than 60 % of those of the best year are left out.' \
  at screen 0.5, screen 22.0 / height center font ',10' textcolor rgb '#555555'
do for [i = 1:n_panel] {
  parts = value(sprintf('file_parts%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  set ylabel 'Theil T' offset 1,0
  set yrange [0:*]
  plot parts using 1:2:3 with filledcurves linecolor rgb colour(6) title 'within groups', \
    parts using 1:2 with filledcurves y=0 linecolor rgb colour(1) title 'between groups', \
    parts using 1:3 with lines linewidth 1.5 linecolor rgb '#333333' notitle
  unset key; unset label 2
  unset label 99
}
unset multiplot
